namespace ScheduledBots.Lifecycle;

/// <summary>Settled: the bot is definitely not in the meeting, or nobody can tell any more; the reason says which.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed record FailedBot : Bot
{
    internal FailedBot(BotSnapshot snapshot)
        : base(snapshot)
    {
        _ = Required(snapshot.LastFailure, snapshot, nameof(LastFailure));
        StartedAt = snapshot.StartedAt;
        SettledAt = Required(snapshot.SettledAt, snapshot, nameof(SettledAt));
    }

    internal FailedBot(Bot bot, Failure failure, DateTimeOffset settledAt)
        : base(bot)
    {
        LastFailure = failure;
        SettledAt = settledAt;
    }

    /// <inheritdoc/>
    public override BotStatus Status => BotStatus.Failed;

    /// <summary>Why it failed.</summary>
    public FailureReason Reason => LastFailure!.Reason;

    /// <summary>When the last joiner call began, or null when there was none.</summary>
    public DateTimeOffset? StartedAt { get; internal init; }

    /// <summary>When it failed.</summary>
    public DateTimeOffset SettledAt { get; internal init; }

    private protected override DateTimeOffset? StartedAtColumn => StartedAt;

    private protected override DateTimeOffset? SettledAtColumn => SettledAt;
}
