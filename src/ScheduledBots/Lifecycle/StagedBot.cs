using System.Diagnostics;

namespace ScheduledBots.Lifecycle;

/// <summary>Its resources are allocated; it waits for the exact instant. Shortly before, it is armed.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed record StagedBot : Bot
{
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
    public DateTimeOffset? ArmedUntil { get; internal init; }

    /// <summary>Records that the owner may start the next attempt.</summary>
    /// <param name="until">The end of the start window.</param>
    /// <returns>The armed bot, its attempt one larger.</returns>
    public StagedBot Arm(DateTimeOffset until)
    {
        Debug.Assert(ArmedUntil is null && StagedFence == Fence, "armed once, with an allocation of this fence");
        return this with { ArmedUntil = until, Attempt = Attempt + 1, NotBefore = null, Version = Version + 1 };
    }

    /// <summary>The attempt is taken back before any call was made for it.</summary>
    /// <returns>The bot, not armed.</returns>
    public StagedBot Disarm() => this with { ArmedUntil = null, Version = Version + 1 };

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

    /// <summary>Its resources are gone before any attempt began, so it has to be staged again.</summary>
    /// <returns>The scheduled bot, owned by nobody, with a larger fence.</returns>
    public ScheduledBot LoseResources() =>
        new(this) { Owner = null, Fence = Fence.Next(), Version = Version + 1 };

    private protected override BotSnapshot Complete(BotSnapshot snapshot) =>
        snapshot with { Resource = Resource, StagedFence = StagedFence, ArmedUntil = ArmedUntil };
}
