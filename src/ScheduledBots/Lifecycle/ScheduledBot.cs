using System.Diagnostics;

namespace ScheduledBots.Lifecycle;

/// <summary>Queued until its staging time; the only state that can be rescheduled or cancelled.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed record ScheduledBot : Bot
{
    internal ScheduledBot(BotSnapshot snapshot)
        : base(snapshot)
    {
    }

    internal ScheduledBot(Bot bot)
        : base(bot)
    {
    }

    /// <inheritdoc/>
    public override BotStatus Status => BotStatus.Scheduled;

    /// <summary>Moves the bot to another instant; whoever works for it now is fenced.</summary>
    /// <param name="joinAt">The new due instant, after <paramref name="now"/>.</param>
    /// <param name="now">The instant of the change.</param>
    /// <returns>The bot, owned by nobody, with a larger fence.</returns>
    public ScheduledBot Reschedule(DateTimeOffset joinAt, DateTimeOffset now)
    {
        Debug.Assert(joinAt > now, "the face validates the new instant first");
        return Freed() with { JoinAt = joinAt };
    }

    /// <summary>Changes what the meeting sees; whoever works for the bot now is fenced.</summary>
    /// <param name="meetingUrl">The meeting.</param>
    /// <param name="name">The name shown in it.</param>
    /// <returns>The bot, owned by nobody, with a larger fence.</returns>
    public ScheduledBot Redirect(string meetingUrl, string name) => Freed() with { MeetingUrl = meetingUrl, Name = name };

    /// <summary>Calls the bot off; whoever works for it now is fenced.</summary>
    /// <param name="now">The instant of the change.</param>
    /// <returns>The settled bot.</returns>
    public CancelledBot Cancel(DateTimeOffset now) => new(Freed(), now);

    /// <summary>A node takes ownership.</summary>
    /// <param name="owner">The node.</param>
    /// <returns>The bot with a larger fence.</returns>
    public ScheduledBot ClaimedBy(NodeId owner) => this with { Owner = owner, Fence = Fence.Next(), Version = Version + 1 };

    /// <summary>A node takes it over from a lost owner.</summary>
    /// <param name="owner">The node.</param>
    /// <param name="crashed">Whether the owner died inside the host's code for this bot.</param>
    /// <returns>The bot with a larger fence.</returns>
    public ScheduledBot AdoptedBy(NodeId owner, bool crashed) =>
        this with { Owner = owner, Crashes = Crashes + (crashed ? 1 : 0), Fence = Fence.Next(), Version = Version + 1 };

    /// <summary>Its owner gives it back, so that any node can claim it.</summary>
    /// <returns>The bot, owned by nobody, with a larger fence.</returns>
    public ScheduledBot HandBack() => this with { Owner = null, Fence = Fence.Next(), Version = Version + 1 };

    /// <summary>The allocator is called under the fence the bot has; recorded, so that a call that ends its process is seen.</summary>
    /// <returns>The bot, marked.</returns>
    public ScheduledBot BeginStaging() => this with { AllocatingFence = Fence, Version = Version + 1 };

    /// <summary>Its resources are allocated.</summary>
    /// <param name="resource">What the store keeps of them.</param>
    /// <returns>The bot, staged under the fence it has.</returns>
    public StagedBot Stage(ResourceHandle resource) =>
        new(this, resource, Fence) { Version = Version + 1, NotBefore = null, LastFailure = null };

    /// <summary>
    /// An allocation failed and will be tried again. The fence grows, because the failed call may still deliver: each
    /// call has a (bot, fence) of its own, so that releasing the late one cannot hit its successor.
    /// </summary>
    /// <param name="notBefore">When to try again.</param>
    /// <param name="failure">Why the allocation failed.</param>
    /// <returns>The bot with a larger fence and the same owner.</returns>
    public ScheduledBot RetryStaging(DateTimeOffset notBefore, Failure failure) =>
        this with { NotBefore = notBefore, LastFailure = failure, Fence = Fence.Next(), Version = Version + 1 };

    /// <summary>The bot will not join.</summary>
    /// <param name="failure">Why.</param>
    /// <param name="now">The instant of the change.</param>
    /// <returns>The settled bot.</returns>
    public FailedBot Fail(Failure failure, DateTimeOffset now) => new(this, failure, now) { Version = Version + 1 };

    private ScheduledBot Freed() =>
        this with { Owner = null, Fence = Fence.Next(), NotBefore = null, LastFailure = null, Version = Version + 1 };
}
