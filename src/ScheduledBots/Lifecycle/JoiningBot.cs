namespace ScheduledBots.Lifecycle;

/// <summary>The joiner runs, or may run.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed record JoiningBot : Bot
{
    internal JoiningBot(BotSnapshot snapshot)
        : base(snapshot)
    {
        Resource = snapshot.Resource;
        StagedFence = snapshot.StagedFence;
        ArmedUntil = snapshot.ArmedUntil;
        StartedAt = Required(snapshot.StartedAt, snapshot, nameof(StartedAt));
    }

    internal JoiningBot(Bot bot, ResourceHandle resource, Fence? stagedFence, DateTimeOffset? armedUntil, DateTimeOffset startedAt)
        : base(bot)
    {
        Resource = resource;
        StagedFence = stagedFence;
        ArmedUntil = armedUntil;
        StartedAt = startedAt;
    }

    /// <inheritdoc/>
    public override BotStatus Status => BotStatus.Joining;

    /// <summary>What the store keeps of the allocation; null when it died with a node.</summary>
    public ResourceHandle? Resource { get; internal init; }

    /// <summary>The fence under which the owner holds a usable allocation, or null after a change of ownership.</summary>
    public Fence? StagedFence { get; internal init; }

    /// <summary>The end of the current attempt's start window.</summary>
    public DateTimeOffset? ArmedUntil { get; internal init; }

    /// <summary>When the joiner of the current attempt was called.</summary>
    public DateTimeOffset StartedAt { get; internal init; }

    /// <summary>How long after <c>JoinAt</c> the joiner was called; never negative.</summary>
    public TimeSpan Lateness => StartedAt - JoinAt;

    /// <summary>The bot is in the meeting.</summary>
    /// <param name="now">The instant of the change.</param>
    /// <returns>The settled bot.</returns>
    public JoinedBot Joined(DateTimeOffset now) => new(this, Resource, StartedAt, now) { Version = Version + 1, LastFailure = null };

    /// <summary>
    /// The attempt failed and another one is wanted; the bot keeps its allocation and must be armed again. To callers
    /// it still reads joining (see <see cref="Bot.StatusAt"/>).
    /// </summary>
    /// <param name="notBefore">When to try again.</param>
    /// <param name="failure">Why the attempt failed.</param>
    /// <returns>The bot, waiting to be armed for its next attempt.</returns>
    public StagedBot Retry(DateTimeOffset notBefore, Failure failure) =>
        new(this, Resource ?? throw new InvalidOperationException($"{this} has no resources; it must be staged before it is retried."), StagedFence)
        {
            NotBefore = notBefore,
            LastFailure = failure,
            Version = Version + 1,
        };

    /// <summary>The bot is not in the meeting and no attempt is left.</summary>
    /// <param name="failure">Why.</param>
    /// <param name="now">The instant of the change.</param>
    /// <returns>The settled bot.</returns>
    public FailedBot Fail(Failure failure, DateTimeOffset now) =>
        new(this, failure, now) { StartedAt = StartedAt, Version = Version + 1 };

    private protected override BotSnapshot Complete(BotSnapshot snapshot) => snapshot with
    {
        Resource = Resource,
        StagedFence = StagedFence,
        ArmedUntil = ArmedUntil,
        StartedAt = StartedAt,
    };
}
