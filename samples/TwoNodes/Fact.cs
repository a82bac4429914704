using ScheduledBots.Lifecycle;

namespace TwoNodes;

/// <summary>Something that a node has said.</summary>
internal sealed record Fact(string Node, string Word, DateTimeOffset HeardAt)
{
    public BotId? Bot { get; init; }

    /// <summary>Of a join: whether the joiner was told that an earlier attempt may have begun.</summary>
    public bool IsFlagged { get; init; }

    /// <summary>Of a join: by the wall clock; negative would be early.</summary>
    public TimeSpan Lateness { get; init; }
}
