using System.Globalization;
using Microsoft.EntityFrameworkCore.Storage;
using ScheduledBots.Lifecycle;

namespace ScheduledBots.Storage.EfCore.Tests.HostTransactions;

/// <summary>
/// The history of one host, and beside it what must be so: the bots that are committed, and those that its open transaction
/// sees, at each savepoint.
/// </summary>
internal sealed class TransactionWorld(BookingHost host) : IAsyncDisposable
{
    private readonly BookingContext _context = host.NewContext();
    private readonly Dictionary<BotId, string?> _committed = [];
    private readonly Stack<Dictionary<BotId, string?>> _savepoints = [];
    private IDbContextTransaction? _transaction;
    private Dictionary<BotId, string?> _seen = [];
    private bool _wentBack;

    /// <summary>What the history has met.</summary>
    public HashSet<string> Met { get; } = [];

    public HashSet<BotId> Committed => [.. _committed.Keys];

    public async Task DoAsync(TransactionStep step)
    {
        if (_transaction is null)
        {
            _transaction = await _context.Database.BeginTransactionAsync();
            _seen = new(_committed);
            _savepoints.Clear();
            _wentBack = false;
        }

        switch (step.Kind)
        {
            case TransactionStepKind.Schedule:
                await ScheduleAsync(step.Key);
                break;
            case TransactionStepKind.Mark:
                _savepoints.Push(new(_seen));
                await _transaction.CreateSavepointAsync(Name(_savepoints.Count));
                break;
            case TransactionStepKind.Back when _savepoints.Count > 0:
                await BackAsync();
                break;
            case TransactionStepKind.Commit:
                await CommitAsync();
                break;
            case TransactionStepKind.RollBack:
                Note(_seen.Count > _committed.Count, "bots rolled back");
                await _transaction.RollbackAsync();
                await EndAsync();
                break;
            case TransactionStepKind.Abandon:
                await EndAsync();
                break;
            default:
                break; // there is no savepoint to go back to
        }
    }

    public async Task EndAsync()
    {
        if (_transaction is not null)
        {
            await _transaction.DisposeAsync();
            _transaction = null;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await EndAsync();
        await _context.DisposeAsync();
    }

    private async Task ScheduleAsync(string? key)
    {
        ScheduleResult result = await host.Scheduler.ScheduleAsync(_context, BookingHost.Request(key));

        BotId[] holders = [.. _seen.Where(bot => key is not null && bot.Value == key).Select(bot => bot.Key)];
        Assert.Equal(holders.Length == 0, result.Created);
        Assert.All(holders, holder => Assert.Equal(holder, result.Bot.Id));
        Note(!result.Created && !_committed.ContainsKey(result.Bot.Id), "found a bot of the transaction");
        Note(!result.Created && _committed.ContainsKey(result.Bot.Id), "found a bot of an earlier transaction");
        _seen[result.Bot.Id] = key;
    }

    private async Task BackAsync()
    {
        _wentBack |= _seen.Count > _savepoints.Peek().Count;
        Note(_wentBack, "bots rolled back to a savepoint");
        await _transaction!.RollbackToSavepointAsync(Name(_savepoints.Count));
        _seen = _savepoints.Pop();
    }

    private async Task CommitAsync()
    {
        Assert.True(Committed.SetEquals(await host.BotsAsync()), "bots are seen before the commit");
        Note(_seen.Count > _committed.Count, "bots committed");
        Note(_seen.Count > _committed.Count && _wentBack, "bots committed without those behind a savepoint");
        await _transaction!.CommitAsync();
        foreach ((BotId id, string? key) in _seen)
        {
            _committed[id] = key;
        }

        await EndAsync();
    }

    private void Note(bool isMet, string what)
    {
        if (isMet)
        {
            Met.Add(what);
        }
    }

    private static string Name(int number) => string.Create(CultureInfo.InvariantCulture, $"s{number}");
}
