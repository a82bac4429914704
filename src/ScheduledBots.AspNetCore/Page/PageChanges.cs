using ScheduledBots.AspNetCore.Contracts;
using ScheduledBots.Lifecycle;

namespace ScheduledBots.AspNetCore.Page;

/// <summary>The bots that are not as they were.</summary>
internal sealed record PageChanges
{
    public required IReadOnlyList<ChangeView> Bots { get; init; }

    /// <summary>Whether more bots changed than are named.</summary>
    public required bool HasMore { get; init; }

    /// <summary>A bot as it is now; without a state where it is not in the range of the page any more.</summary>
    internal sealed record ChangeView
    {
        public required string Id { get; init; }

        public string? State { get; init; }

        public string? Name { get; init; }

        public DateTime? JoinAt { get; init; }

        public double? LatenessMs { get; init; }

        public string? FailureReason { get; init; }

        public static ChangeView Of(BotId id, PageBot? bot, DateTimeOffset now) => new()
        {
            Id = id.ToString(),
            State = bot is { } known ? BotWords.Of(known.StatusAt(now)) : null,
            Name = bot?.Name,
            JoinAt = bot?.JoinAt.UtcDateTime,
            LatenessMs = bot?.Lateness is { } lateness ? Math.Round(lateness.TotalMilliseconds, 3) : null,
            FailureReason = bot?.Reason is { } reason ? BotWords.Of(reason) : null,
        };
    }
}
