using ScheduledBots.Lifecycle;
using ScheduledBots.Storage;

namespace ScheduledBots.Execution;

/// <summary>Turns a transition of an owned bot into the commit that writes it, with its line of history.</summary>
internal static class Transition
{
    public static BotCommit ToCommit(Bot from, Bot to, DateTimeOffset now)
    {
        // An arming statement names no bots: it may arm one whose end is decided and not yet written.
        bool mayBeArmed = from is StagedBot { ArmedUntil: null };
        bool isArmed = from is StagedBot { ArmedUntil: not null } or JoiningBot { ArmedUntil: not null };
        return new BotCommit
        {
            Owner = from.Owner ?? throw new InvalidOperationException($"{from} has no owner; only owned bots are committed."),
            Fence = from.Fence,
            From = from.Status,
            Attempt = mayBeArmed && (from.Status != to.Status || from.Fence != to.Fence) ? null : from.Attempt,
            IsArmed = isArmed,
            Next = to.ToSnapshot(),
            History = [Line(from, to, now)],
        };
    }

    public static BotHistoryLine Line(Bot from, Bot to, DateTimeOffset at) =>
        new(at, from.Status, to.Status, from.Owner, to.Attempt, to.LastFailure?.Reason);
}
