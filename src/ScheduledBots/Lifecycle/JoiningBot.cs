using System.Diagnostics;

namespace ScheduledBots.Lifecycle;

/// <summary>The joiner runs, or may run, or ran on a node that was lost, and the bot is staged again for another attempt.</summary>
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

    internal JoiningBot(Bot bot, ResourceHandle? resource, Fence? stagedFence, DateTimeOffset? armedUntil, DateTimeOffset startedAt)
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

    /// <summary>The end of the current attempt's start window; null while no attempt can be running.</summary>
    public DateTimeOffset? ArmedUntil { get; internal init; }

    /// <summary>When the joiner of the current attempt was called; of an attempt on a lost node, the earliest instant at which it may have been.</summary>
    public DateTimeOffset StartedAt { get; internal init; }

    /// <summary>How long after <c>JoinAt</c> the joiner was called; never negative.</summary>
    public TimeSpan Lateness => StartedAt - JoinAt;

    /// <summary>A node takes it over from a lost owner, which may have started it where its window is recorded.</summary>
    /// <param name="owner">The node.</param>
    /// <param name="crashed">Whether the owner died inside the host's code for this bot.</param>
    /// <returns>The bot with a larger fence and no staged fence; no attempt of it can be running.</returns>
    public JoiningBot AdoptedBy(NodeId owner, bool crashed) => this with
    {
        Owner = owner,
        StagedFence = null,
        ArmedUntil = null,
        PossiblyStarted = PossiblyStarted || ArmedUntil is not null,
        Crashes = Crashes + (crashed ? 1 : 0),
        Fence = Fence.Next(),
        Version = Version + 1,
    };

    /// <summary>The allocator is called under the fence the bot has; recorded, so that a call that ends its process is seen.</summary>
    /// <returns>The bot, marked.</returns>
    public JoiningBot BeginStaging() => this with { AllocatingFence = Fence, Version = Version + 1 };

    /// <summary>Its owner, a later one, has resources for another attempt. To callers it still reads joining.</summary>
    /// <param name="resource">What the store keeps of them.</param>
    /// <returns>The bot, staged under the fence it has, waiting to be armed.</returns>
    public StagedBot Stage(ResourceHandle resource)
    {
        Debug.Assert(ArmedUntil is null && Attempt > 0, "no attempt runs, and one has been made");
        return new StagedBot(this, resource, Fence) { NotBefore = null, Version = Version + 1 };
    }

    /// <summary>Resources for another attempt could not be had and are tried again, under a fence of their own.</summary>
    /// <param name="notBefore">When to try again.</param>
    /// <param name="failure">Why the allocation failed.</param>
    /// <returns>The bot without resources, with a larger fence and the same owner.</returns>
    public JoiningBot RetryStaging(DateTimeOffset notBefore, Failure failure)
    {
        Debug.Assert(ArmedUntil is null, "no attempt runs");
        return this with
        {
            Resource = null,
            StagedFence = null,
            NotBefore = notBefore,
            LastFailure = failure,
            Fence = Fence.Next(),
            Version = Version + 1,
        };
    }

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

    private protected override ResourceHandle? ResourceColumn => Resource;

    private protected override Fence? StagedFenceColumn => StagedFence;

    private protected override DateTimeOffset? ArmedUntilColumn => ArmedUntil;

    private protected override DateTimeOffset? StartedAtColumn => StartedAt;
}
