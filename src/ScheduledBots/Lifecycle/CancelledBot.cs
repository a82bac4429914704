namespace ScheduledBots.Lifecycle;

/// <summary>Settled: a caller called it off while it was scheduled. It can never be revived.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed record CancelledBot : Bot
{
    internal CancelledBot(BotSnapshot snapshot)
        : base(snapshot) =>
        SettledAt = Required(snapshot.SettledAt, snapshot, nameof(SettledAt));

    internal CancelledBot(Bot bot, DateTimeOffset settledAt)
        : base(bot) =>
        SettledAt = settledAt;

    /// <inheritdoc/>
    public override BotStatus Status => BotStatus.Cancelled;

    /// <summary>When it was cancelled.</summary>
    public DateTimeOffset SettledAt { get; internal init; }

    private protected override DateTimeOffset? SettledAtColumn => SettledAt;
}
