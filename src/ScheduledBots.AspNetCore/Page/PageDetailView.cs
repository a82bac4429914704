using ScheduledBots.AspNetCore.Contracts;

namespace ScheduledBots.AspNetCore.Page;

/// <summary>One bot, why it is where it is, and what happened to it.</summary>
internal sealed record PageDetailView
{
    public required PageBotView Bot { get; init; }

    /// <summary>A sentence for people.</summary>
    public required string Explanation { get; init; }

    public required IReadOnlyList<HistoryLineView> History { get; init; }
}
