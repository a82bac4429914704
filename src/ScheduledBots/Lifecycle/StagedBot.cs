using System.Diagnostics;

namespace ScheduledBots.Lifecycle;

/// <summary>Its resources are allocated; it waits for the exact instant. Shortly before, it is armed.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed record StagedBot : Bot
{
    private readonly PackedInstant _armedUntil;

    internal StagedBot(BotSnapshot snapshot)
        : base(snapshot)
    {
        Resource = Required(snapshot.Resource, snapshot, nameof(Resource));
        StagedFence = snapshot.StagedFence;
        ArmedUntil = snapshot.ArmedUntil;
    }

    internal StagedBot(Bot bot, ResourceHandle resource, Fence? stagedFence)
        : base(bot)
    {
        Resource = resource;
        StagedFence = stagedFence;
    }

    /// <inheritdoc/>
    public override BotStatus Status => BotStatus.Staged;

    /// <summary>What the store keeps of the allocation.</summary>
    public ResourceHandle Resource { get; internal init; }

    /// <summary>The fence under which the owner holds a usable allocation, or null after a change of ownership.</summary>
    public Fence? StagedFence { get; internal init; }

    /// <summary>Set when armed: the owner may start the current attempt from <c>JoinAt</c> until then.</summary>
    public DateTimeOffset? ArmedUntil { get => _armedUntil.OrNull; internal init => _armedUntil = value; }

    /// <summary>A node takes ownership. The allocation is not in its process, so it is not usable there yet.</summary>
    /// <param name="owner">The node.</param>
    /// <returns>The bot with a larger fence and no staged fence.</returns>
    public StagedBot ClaimedBy(NodeId owner) =>
        this with { Owner = owner, StagedFence = null, Fence = Fence.Next(), Version = Version + 1 };

    /// <summary>
    /// A node takes it over from a lost owner. The allocation is not usable there yet; where the bot was armed, its owner
    /// may have started it.
    /// </summary>
    /// <param name="owner">The node.</param>
    /// <param name="crashed">Whether the owner died inside the host's code for this bot.</param>
    /// <returns>The bot, not armed, with a larger fence and no staged fence.</returns>
    public StagedBot AdoptedBy(NodeId owner, bool crashed) => this with
    {
        Owner = owner,
        StagedFence = null,
        ArmedUntil = null,
        PossiblyStarted = PossiblyStarted || ArmedUntil is not null,
        Crashes = Crashes + (crashed ? 1 : 0),
        Fence = Fence.Next(),
        Version = Version + 1,
    };

    /// <summary>Its owner gives it back with an allocation that any node can attach to.</summary>
    /// <returns>The bot, owned by nobody, with a larger fence and no staged fence.</returns>
    public StagedBot HandBack()
    {
        Debug.Assert(ArmedUntil is null, "what is armed is joined by its owner, or disarmed first");
        return this with { Owner = null, StagedFence = null, Fence = Fence.Next(), Version = Version + 1 };
    }

    /// <summary>The allocator is called under the fence the bot has; recorded, so that a call that ends its process is seen.</summary>
    /// <returns>The bot, marked.</returns>
    public StagedBot BeginStaging() => this with { AllocatingFence = Fence, Version = Version + 1 };

    /// <summary>Its owner, a later one, has made the allocation usable.</summary>
    /// <param name="resource">What the store keeps of it.</param>
    /// <returns>The bot, staged under the fence it has.</returns>
    public StagedBot Attach(ResourceHandle resource)
    {
        Debug.Assert(ArmedUntil is null, "what is armed has its allocation");
        return this with { Resource = resource, StagedFence = Fence, NotBefore = null, Version = Version + 1 };
    }

    /// <summary>
    /// Its owner, a later one, cannot use its resources, and no attempt can have begun by now: it is staged again.
    /// </summary>
    /// <param name="notBefore">When to try, or null for at once.</param>
    /// <param name="failure">Why they cannot be used, or null where they died with their node.</param>
    /// <returns>The scheduled bot with the same owner and a larger fence.</returns>
    public ScheduledBot Restage(DateTimeOffset? notBefore, Failure? failure)
    {
        Debug.Assert(ArmedUntil is null, "what is armed has its allocation");
        return new ScheduledBot(this) { NotBefore = notBefore, LastFailure = failure ?? LastFailure, Fence = Fence.Next(), Version = Version + 1 };
    }

    /// <summary>
    /// Its owner, a later one, cannot use its resources, but it reads joining already and never reads otherwise again: it
    /// is staged again as a joining bot.
    /// </summary>
    /// <param name="notBefore">When to try, or null for at once.</param>
    /// <param name="failure">Why they cannot be used, or null where they died with their node.</param>
    /// <returns>The joining bot without resources, with the same owner and a larger fence.</returns>
    public JoiningBot RestageJoining(DateTimeOffset? notBefore, Failure? failure)
    {
        Debug.Assert(ArmedUntil is null && Attempt > 0, "only what was armed once can read joining");
        return new JoiningBot(this, null, null, null, JoinAt)
        {
            NotBefore = notBefore,
            LastFailure = failure ?? LastFailure,
            Fence = Fence.Next(),
            Version = Version + 1,
        };
    }

    /// <summary>Records that the owner may start the next attempt.</summary>
    /// <param name="until">The end of the start window.</param>
    /// <returns>The armed bot, its attempt one larger.</returns>
    public StagedBot Arm(DateTimeOffset until)
    {
        Debug.Assert(ArmedUntil is null && StagedFence == Fence, "armed once, with an allocation of this fence");
        return this with { ArmedUntil = until, Attempt = Attempt + 1, NotBefore = null, Version = Version + 1 };
    }

    /// <summary>The attempt is taken back before any call was made for it.</summary>
    /// <param name="notBefore">No arming statement arms it again before this instant; null for at once.</param>
    /// <returns>The bot, not armed.</returns>
    public StagedBot Disarm(DateTimeOffset? notBefore) => this with { ArmedUntil = null, NotBefore = notBefore, Version = Version + 1 };

    /// <summary>The joiner is called.</summary>
    /// <param name="startedAt">When the call began; not before <c>JoinAt</c>.</param>
    /// <returns>The joining bot.</returns>
    public JoiningBot Join(DateTimeOffset startedAt)
    {
        Debug.Assert(startedAt >= JoinAt, "a bot never joins early");
        return new JoiningBot(this, Resource, StagedFence, ArmedUntil, startedAt) { Version = Version + 1 };
    }

    /// <summary>A caller stops it before it is armed; whoever works for it now is fenced.</summary>
    /// <param name="now">The instant of the change.</param>
    /// <returns>The settled bot.</returns>
    public FailedBot Abort(DateTimeOffset now)
    {
        Debug.Assert(ArmedUntil is null, "what is armed may start at any moment and cannot be stopped any more");
        return new FailedBot(this, new Failure(FailureReason.Aborted), now) { Owner = null, Fence = Fence.Next(), Version = Version + 1 };
    }

    /// <summary>The bot will not join.</summary>
    /// <param name="failure">Why.</param>
    /// <param name="now">The instant of the change.</param>
    /// <returns>The settled bot.</returns>
    public FailedBot Fail(Failure failure, DateTimeOffset now) => new(this, failure, now) { Version = Version + 1 };

    /// <summary>Its owner gives it back without its resources, before any attempt can have begun.</summary>
    /// <returns>The scheduled bot, owned by nobody, with a larger fence.</returns>
    public ScheduledBot LoseResources() =>
        new(this) { Owner = null, Fence = Fence.Next(), Version = Version + 1 };

    private protected override ResourceHandle? ResourceColumn => Resource;

    private protected override Fence? StagedFenceColumn => StagedFence;

    private protected override DateTimeOffset? ArmedUntilColumn => ArmedUntil;
}
