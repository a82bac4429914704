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

    /// <summary>Allocate a bot's resources; the number of the try counts from 1.</summary>
    internal sealed record Stage(ScheduledBot Bot, int Try) : Command;

    /// <summary>Stop waiting for an allocation.</summary>
    internal sealed record GiveUpStaging(BotId Id, Fence Fence) : Command;

    /// <summary>Arm every staged bot that is due before an instant.</summary>
    internal sealed record Arm(DateTimeOffset DueBefore) : Command;

    /// <summary>Call the joiner, now.</summary>
    internal sealed record Join(StagedBot Bot) : Command;

    /// <summary>Stop waiting for a join.</summary>
    internal sealed record GiveUpJoin(BotId Id, Fence Fence) : Command;

    /// <summary>Release an allocation that will not be used.</summary>
    internal sealed record Release(Bot Bot) : Command;

    /// <summary>Settle a bot as failed and release what it holds.</summary>
    internal sealed record Fail(Bot Bot, Failure Failure) : Command;

    /// <summary>Return a bot to the store unowned and release what it holds.</summary>
    internal sealed record HandBack(Bot Bot) : Command;

    /// <summary>Delete settled bots whose retention is over.</summary>
    internal sealed record Prune : Command;
}
