using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using ScheduledBots.Lifecycle;
using ScheduledBots.Storage.EfCore.Model;

namespace ScheduledBots.Storage.EfCore.Portable;

/// <summary>
/// The verbs that write, in a form that every relational provider understands: read, let the lifecycle decide, and
/// write where the row is still the one that was read. The version tells: every write raises it. Dialects override what
/// they can say in one statement.
/// </summary>
/// <remarks>Thread-safe; a context belongs to one call.</remarks>
internal partial class PortableVerbs(string scheduler)
{
    /// <summary>The most bots that one arming arms: a statement that takes longer than its time-out would never arm any.</summary>
    public const int MaxArmed = 2_000;

    /// <summary>How often a caller's change is tried on a row that others write too.</summary>
    private const int MaxTries = 10;

    /// <summary>What a database calls itself in messages.</summary>
    public virtual string Name => "database";

    /// <summary>Whether one engine at most works on the store, so that there are no nodes to watch.</summary>
    public virtual bool HasSingleEngine => false;

    /// <summary>Whether beats are made synchronously on the caller's thread, over a connection of their own.</summary>
    public virtual bool BeatsOnCallersThread => false;

    /// <summary>The most rows that are inserted or committed in one call: here each takes a statement.</summary>
    public virtual int MaxBatch => 100;

    public StoreReads Reads { get; } = new(scheduler);

    protected string Scheduler { get; } = scheduler;

    /// <summary>Makes the one that creates the tables wait for another one; ends with the transaction.</summary>
    public virtual Task LockSchemaAsync(DbContext context, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Prepares what lasts longer than a call.</summary>
    public virtual Task PrepareAsync(DbContext context, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Whether the tables are there.</summary>
    public virtual async Task<bool> HasTablesAsync(DbContext context, CancellationToken cancellationToken)
    {
        try
        {
            await context.Set<SchemaEntity>().AnyAsync(cancellationToken);
            return true;
        }
        catch (DbException)
        {
            return false;
        }
    }

    /// <summary>Keeps a second engine out where there can be one only; what it returns lets the next one in.</summary>
    public virtual IDisposable? EnterAsEngine(DbContext context) => null;

    /// <summary>Where writers of this process wait for their turn, or null where the database can do that.</summary>
    protected virtual SemaphoreSlim? WriterQueue(DbContext context) => null;

    /// <summary>Runs several statements as one.</summary>
    protected async Task<T> TogetherAsync<T>(DbContext context, Func<Task<T>> statements, CancellationToken cancellationToken)
    {
        if (context.Database.CurrentTransaction is not null)
        {
            return await statements();
        }

        SemaphoreSlim? queue = WriterQueue(context);
        await (queue?.WaitAsync(cancellationToken) ?? Task.CompletedTask);
        try
        {
            await using IDbContextTransaction transaction = await context.Database.BeginTransactionAsync(cancellationToken);
            T result = await statements();
            await transaction.CommitAsync(cancellationToken);
            return result;
        }
        finally
        {
            queue?.Release();
        }
    }

    /// <summary>Writes a row where it still has the version that was read, with its history.</summary>
    protected virtual Task<bool> ReplaceAsync(
        DbContext context, BotSnapshot next, IReadOnlyList<BotHistoryLine> lines, CancellationToken cancellationToken)
    {
        BotEntity row = BotEntity.From(Scheduler, next);
        return lines.Count == 0 ? WriteAsync() : TogetherAsync(context, WriteAsync, cancellationToken);

        async Task<bool> WriteAsync()
        {
            int written = await Reads.Bots(context)
                .Where(bot => bot.Id == row.Id && bot.Version == row.Version - 1)
                .ExecuteUpdateAsync(
                    setters => setters.SetEngines(row).SetCallers(row)
                        .SetProperty(bot => bot.Attempt, row.Attempt)
                        .SetProperty(bot => bot.Version, row.Version),
                    cancellationToken);
            if (written > 0)
            {
                await AddHistoryAsync(context, next.Id, row.Version, lines, cancellationToken);
            }

            return written > 0;
        }
    }

    protected async Task AddHistoryAsync(
        DbContext context, BotId id, long version, IReadOnlyList<BotHistoryLine> lines, CancellationToken cancellationToken)
    {
        if (lines.Count > 0)
        {
            context.AddRange(HistoryEntity.From(Scheduler, id, version, lines));
            await context.SaveChangesAsync(cancellationToken);
            context.ChangeTracker.Clear();
        }
    }

    protected static IReadOnlyList<BotSnapshot> Snapshots(IEnumerable<BotEntity> rows) => [.. rows.Select(row => row.ToSnapshot())];
}
