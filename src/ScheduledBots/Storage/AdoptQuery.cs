using ScheduledBots.Lifecycle;

namespace ScheduledBots.Storage;

/// <summary>Which bots of lost owners (dead, left, or not known to the store) to take over.</summary>
/// <param name="Owner">Who takes them.</param>
/// <param name="Now">The store's clock, surely not later than it is.</param>
/// <param name="ClosedBefore">
/// An armed or joining bot is taken only if its start window ended before this instant: <paramref name="Now"/> less the
/// hold. The end of time where the owners are proven to have ended. A bot that is not armed is taken at once.
/// </param>
/// <param name="Limit">The most bots to take.</param>
/// <remarks>Immutable and thread-safe.</remarks>
public readonly record struct AdoptQuery(NodeId Owner, DateTimeOffset Now, DateTimeOffset ClosedBefore, int Limit)
{
    /// <summary>Whether a bot of a lost owner may be taken.</summary>
    /// <param name="bot">The bot.</param>
    /// <returns>True while it is not settled, and not armed or past its window.</returns>
    public bool Takes(BotSnapshot bot)
    {
        ArgumentNullException.ThrowIfNull(bot);
        return bot.Status < BotStatus.Joined && (bot.ArmedUntil is not { } until || until < ClosedBefore);
    }

    /// <summary>
    /// Whether a lost owner may have died inside the host's code for a bot: while it joined, while it was armed with
    /// its <c>JoinAt</c> reached, or while the allocator ran for it. A node that left died of nothing.
    /// </summary>
    /// <param name="bot">The bot as its owner left it.</param>
    /// <param name="owner">The owner, or null where the store does not know it any more.</param>
    /// <returns>Whether its count of crashes grows.</returns>
    public bool CountsAsCrash(BotSnapshot bot, NodeRow? owner)
    {
        ArgumentNullException.ThrowIfNull(bot);
        bool wasJoining = bot.ArmedUntil is not null && (bot.Status == BotStatus.Joining || bot.JoinAt <= (owner?.DeadAt ?? Now));
        bool wasAllocating = bot.AllocatingFence == bot.Fence && bot.StagedFence != bot.Fence;
        return owner?.Status != NodeStatus.Left && (wasJoining || wasAllocating);
    }

    /// <summary>The bot as it is once it is taken.</summary>
    /// <param name="bot">The bot as its owner left it.</param>
    /// <param name="owner">The owner, or null where the store does not know it any more.</param>
    /// <returns>The bot under its new owner.</returns>
    public Bot Adopt(BotSnapshot bot, NodeRow? owner)
    {
        bool crashed = CountsAsCrash(bot, owner);
        return Bot.FromSnapshot(bot) switch
        {
            ScheduledBot scheduled => scheduled.AdoptedBy(Owner, crashed),
            StagedBot staged => staged.AdoptedBy(Owner, crashed),
            JoiningBot joining => joining.AdoptedBy(Owner, crashed),
            Bot settled => throw new ArgumentException($"{settled} is settled; only what has an owner to lose is adopted.", nameof(bot)),
        };
    }
}
