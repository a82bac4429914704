namespace ScheduledBots.AspNetCore.Page;

/// <summary>One page of bots, in the order of (join_at, id).</summary>
internal sealed record PageListView
{
    public required IReadOnlyList<PageBotView> Bots { get; init; }

    public string? NextCursor { get; init; }
}
