namespace ScheduledBots.Lifecycle;

/// <summary>Settled: the bot is in the meeting, and its resources are the host's.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed record JoinedBot : Bot
{
    internal JoinedBot(BotSnapshot snapshot)
        : base(snapshot)
    {
        Resource = snapshot.Resource;
        StartedAt = Required(snapshot.StartedAt, snapshot, nameof(StartedAt));
        SettledAt = Required(snapshot.SettledAt, snapshot, nameof(SettledAt));
    }

    internal JoinedBot(Bot bot, ResourceHandle? resource, DateTimeOffset startedAt, DateTimeOffset settledAt)
        : base(bot)
    {
        Resource = resource;
        StartedAt = startedAt;
        SettledAt = settledAt;
    }

    /// <inheritdoc/>
    public override BotStatus Status => BotStatus.Joined;

    /// <summary>What the store keeps of the allocation it joined with; null where an attempt succeeded after its resources were given up for lost.</summary>
    public ResourceHandle? Resource { get; internal init; }

    /// <summary>When the joiner that succeeded was called.</summary>
    public DateTimeOffset StartedAt { get; internal init; }

    /// <summary>When the joiner said so.</summary>
    public DateTimeOffset SettledAt { get; internal init; }

    /// <summary>How long after <c>JoinAt</c> the joiner was called; never negative.</summary>
    public TimeSpan Lateness => StartedAt - JoinAt;

    private protected override ResourceHandle? ResourceColumn => Resource;

    private protected override DateTimeOffset? StartedAtColumn => StartedAt;

    private protected override DateTimeOffset? SettledAtColumn => SettledAt;
}
