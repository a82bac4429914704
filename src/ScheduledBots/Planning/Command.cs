using ScheduledBots.Lifecycle;

namespace ScheduledBots.Planning;

/// <summary>Something the agenda orders. The set is closed; each command is run by one step.</summary>
internal abstract record Command
{
    private Command()
    {
    }

    /// <summary>Take ownership of unowned bots that are due before an instant.</summary>
    internal sealed record Claim(DateTimeOffset DueBefore, int Limit) : Command;

    /// <summary>Take over bots of lost owners.</summary>
    internal sealed record Adopt(int Limit) : Command;

    /// <summary>Take over, as from a lost owner, a bot of this very node that nobody works for.</summary>
    internal sealed record Reclaim(Bot Bot) : Command;

    /// <summary>
    /// Read the marks of the rows of this node, and of its earlier incarnations that still have joins running; the number comes
    /// back behind them. Answered exactly once: by <see cref="Signal.Reconciled"/> or by <see cref="Signal.ReconcileFailed"/>.
    /// </summary>
    internal sealed record Reconcile(long Number, IReadOnlyList<NodeId> LostOwners) : Command;

    /// <summary>
    /// Read whole rows whose marks say something new. Answered exactly once: by a last <see cref="Signal.ReadBack"/> or by
    /// <see cref="Signal.ReconcileFailed"/>.
    /// </summary>
    internal sealed record ReadBack(IReadOnlyList<BotId> Ids, IReadOnlyList<NodeId> Owners) : Command;

    /// <summary>Write that a bot's resources died with an earlier owner.</summary>
    internal sealed record Restage(StagedBot Bot) : Command;

    /// <summary>Allocate a bot's resources, or attach to those of an earlier owner; the number of the try counts from 1.</summary>
    internal sealed record Stage(Bot Bot, int Try) : Command;

    /// <summary>Stop waiting for an allocation.</summary>
    internal sealed record GiveUpStaging(BotId Id, Fence Fence) : Command;

    /// <summary>Arm every staged bot that is due before an instant.</summary>
    internal sealed record Arm(DateTimeOffset DueBefore) : Command;

    /// <summary>Take an attempt back that did not begin; no arming statement renews it before an instant.</summary>
    internal sealed record Disarm(StagedBot Bot, DateTimeOffset NotBefore) : Command;

    /// <summary>Arm one bot that has a join slot.</summary>
    internal sealed record Rearm(StagedBot Bot) : Command;

    /// <summary>Call the joiner, now.</summary>
    internal sealed record Join(StagedBot Bot) : Command;

    /// <summary>Stop waiting for a join.</summary>
    internal sealed record GiveUpJoin(BotId Id, Fence Fence) : Command;

    /// <summary>Tell a running join that the bot is another's; its result is waited for and reported.</summary>
    internal sealed record Supersede(BotId Id, Fence Fence) : Command;

    /// <summary>Keep an allocation of a lost incarnation until its row is another's, then release it.</summary>
    internal sealed record Orphan(Bot Bot) : Command;

    /// <summary>Release an allocation that will not be used.</summary>
    internal sealed record Release(Bot Bot) : Command;

    /// <summary>Settle a bot as failed and release what it holds.</summary>
    internal sealed record Fail(Bot Bot, Failure Failure) : Command;

    /// <summary>Return a bot to the store unowned and release what it holds.</summary>
    internal sealed record HandBack(Bot Bot) : Command;

    /// <summary>Delete settled bots whose retention is over.</summary>
    internal sealed record Prune : Command;
}
