using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using ScheduledBots.Diagnostics;
using ScheduledBots.Lifecycle;
using ScheduledBots.Planning;
using ScheduledBots.Storage;

namespace ScheduledBots.Execution;

/// <summary>
/// Reads this node's rows back, so that the agenda can be held to them: now and then, and after every statement whose answer
/// was lost; the marks of all of them, and whole only those that the agenda asks for. Also keeps the allocations of an incarnation
/// that was declared dead until their rows have gone elsewhere.
/// </summary>
internal sealed class Reconciler(
    IBotStore store, NodeSelf self, Allocations allocations, SignalQueue signals, int marksAtOnce, int rowsAtOnce, ILogger log)
{
    /// <summary>The most marks in one page: small enough for their list to be no large object, which would be collected late.</summary>
    public const int DefaultMarksAtOnce = 1_000;

    /// <summary>The most whole rows that are read by one call.</summary>
    public const int DefaultRowsAtOnce = 500;

    private readonly ConcurrentDictionary<(BotId, Fence), Bot> _orphans = new();

    /// <summary>Keeps an allocation until its row is another's: a portable one may be attached to elsewhere.</summary>
    public void Run(Command.Orphan command) => _orphans[(command.Bot.Id, command.Bot.Fence)] = command.Bot;

    /// <summary>Reads the marks of all rows, page by page; no more than a page of them is in memory.</summary>
    public Task RunAsync(Command.Reconcile command, CancellationToken cancellationToken) => TryAsync(
        async () =>
        {
            NodeId[] owners = [self.Id, .. command.LostOwners];
            foreach (NodeId owner in owners)
            {
                await ReadMarksAsync(owner, cancellationToken);
            }

            await ReleaseOrphansAsync(cancellationToken);
            await signals.PostAsync(new Signal.Reconciled(command.Number, owners));
        },
        cancellationToken);

    /// <summary>Reads whole rows, some at a time.</summary>
    public Task RunAsync(Command.ReadBack command, CancellationToken cancellationToken) => TryAsync(
        async () =>
        {
            for (int at = 0; at < command.Ids.Count; at += rowsAtOnce)
            {
                BotId[] ids = [.. command.Ids.Skip(at).Take(rowsAtOnce)];
                IReadOnlyList<BotSnapshot> rows = await store.FindManyAsync(ids, cancellationToken);
                Bot[] own = [.. rows
                    .Where(row => !row.IsSettled && row.Owner is { } owner && command.Owners.Contains(owner))
                    .OrderBy(row => row.JoinAt)
                    .ThenBy(row => row.Id)
                    .Select(Bot.FromSnapshot)];
                await signals.PostAsync(new Signal.ReadBack(own, IsLast: at + rowsAtOnce >= command.Ids.Count));
            }
        },
        cancellationToken);

    /// <summary>At the end of the engine nobody is left to wait.</summary>
    public void ReleaseAll() => Release([.. _orphans.Values.OrderBy(bot => bot.Id)]);

    /// <summary>Ends with an answer to the agenda, whatever happens: it waits for one before it reads again.</summary>
    private async Task TryAsync(Func<Task> reading, CancellationToken cancellationToken)
    {
        try
        {
            await reading();
        }
        catch (Exception error) when (!cancellationToken.IsCancellationRequested)
        {
            Log.ReconcileFailed(log, error);
            await signals.PostAsync(new Signal.ReconcileFailed());
        }
    }

    private async Task ReadMarksAsync(NodeId owner, CancellationToken cancellationToken)
    {
        var query = new OwnedQuery(owner, After: null, marksAtOnce);
        IReadOnlyList<BotMark> page;
        do
        {
            page = await store.ReadMarksAsync(query, cancellationToken);
            if (page.Count > 0)
            {
                await signals.PostAsync(new Signal.Marked(owner, page));
                query = query with { After = new BotQueryPosition(page[^1].JoinAt, page[^1].Id) };
            }
        }
        while (page.Count == marksAtOnce);
    }

    private async Task ReleaseOrphansAsync(CancellationToken cancellationToken)
    {
        foreach (Bot[] some in _orphans.Values.OrderBy(bot => bot.Id).ThenBy(bot => bot.Fence).Chunk(rowsAtOnce))
        {
            IReadOnlyList<BotSnapshot> rows = await store.FindManyAsync([.. some.Select(bot => bot.Id)], cancellationToken);
            HashSet<(BotId, Fence, NodeId?)> stillThere = [.. rows.Where(row => !row.IsSettled && row.Owner is not null).Select(row => (row.Id, row.Fence, row.Owner))];
            Release([.. some.Where(bot => !stillThere.Contains((bot.Id, bot.Fence, bot.Owner)))]);
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
