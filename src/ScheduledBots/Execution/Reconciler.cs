using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using ScheduledBots.Diagnostics;
using ScheduledBots.Lifecycle;
using ScheduledBots.Planning;
using ScheduledBots.Storage;

namespace ScheduledBots.Execution;

/// <summary>
/// Reads this node's rows back, so that the agenda can be held to them: now and then, and after every statement whose answer
/// was lost. Also keeps the allocations of an incarnation that was declared dead until their rows have gone elsewhere.
/// </summary>
internal sealed class Reconciler(IBotStore store, NodeSelf self, Allocations allocations, SignalQueue signals, ILogger log)
{
    private readonly ConcurrentDictionary<(BotId, Fence), Bot> _orphans = new();

    /// <summary>Keeps an allocation until its row is another's: a portable one may be attached to elsewhere.</summary>
    public void Run(Command.Orphan command) => _orphans[(command.Bot.Id, command.Bot.Fence)] = command.Bot;

    public async Task RunAsync(Command.Reconcile command, CancellationToken cancellationToken)
    {
        try
        {
            NodeId node = self.Id;
            List<BotSnapshot> owned = [.. await store.ReadOwnedAsync(node, cancellationToken)];
            foreach (NodeId lost in command.LostOwners)
            {
                owned.AddRange(await store.ReadOwnedAsync(lost, cancellationToken));
            }

            await signals.PostAsync(new Signal.Reconciled(command.Number, [.. owned.Select(Bot.FromSnapshot)]));
            await ReleaseOrphansAsync(cancellationToken);
        }
        catch (Exception error) when (!cancellationToken.IsCancellationRequested)
        {
            Log.ReconcileFailed(log, error);
            await signals.PostAsync(new Signal.ReconcileFailed());
        }
    }

    /// <summary>At the end of the engine nobody is left to wait.</summary>
    public void ReleaseAll() => Release([.. _orphans.Values.OrderBy(bot => bot.Id)]);

    private async Task ReleaseOrphansAsync(CancellationToken cancellationToken)
    {
        foreach (IGrouping<NodeId?, Bot> lost in _orphans.Values.OrderBy(bot => bot.Id).GroupBy(bot => bot.Owner).ToArray())
        {
            IReadOnlyList<BotSnapshot> left = lost.Key is { } owner ? await store.ReadOwnedAsync(owner, cancellationToken) : [];
            HashSet<(BotId, Fence)> stillThere = [.. left.Select(row => (row.Id, row.Fence))];
            Release([.. lost.Where(bot => !stillThere.Contains((bot.Id, bot.Fence)))]);
        }
    }

    private void Release(Bot[] orphans)
    {
        foreach (Bot bot in orphans)
        {
            _orphans.TryRemove((bot.Id, bot.Fence), out _);
            allocations.Release(bot, bot.Fence);
        }
    }
}
