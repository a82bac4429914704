using ScheduledBots.Diagnostics;
using ScheduledBots.Execution;
using ScheduledBots.Lifecycle;
using ScheduledBots.Planning;
using ScheduledBots.Storage;

namespace ScheduledBots.Face;

/// <summary>Tells of bots that a transaction of the host's has committed: the engine at once, the observers in the order of each bot.</summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class HostCommits(IBotStore store, SignalQueue signals, BotEvents events)
{
    /// <summary>The store as it was registered.</summary>
    public IBotStore Store => store;

    public long Begin() => events.Begin();

    public async Task NudgeAsync(IReadOnlyList<BotSnapshot> bots)
    {
        if (bots.Count > 0)
        {
            await signals.NudgeAsync(bots.Min(bot => bot.JoinAt)).ConfigureAwait(false);
        }
    }

    public void End(long ticket, IReadOnlyList<BotSnapshot> kept) =>
        events.Inserted(ticket, [.. kept.Select(bot => new InsertOutcome(bot, Inserted: true))]);
}
