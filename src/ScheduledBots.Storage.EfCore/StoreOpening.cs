using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage;
using ScheduledBots.Storage.EfCore.Model;
using ScheduledBots.Storage.EfCore.Portable;

namespace ScheduledBots.Storage.EfCore;

/// <summary>
/// Opens the store once: the tables are there, or are made where they are ours to make, and they are not newer than this
/// library. A process that only schedules opens it with its first call, an engine when it starts.
/// </summary>
/// <remarks>Thread-safe. An opening that failed is tried again by the next call.</remarks>
internal sealed class StoreOpening(IContextSource contexts, StoreCalls calls, PortableVerbs verbs) : IDisposable
{
    /// <summary>Making tables may have to wait for another process that makes them.</summary>
    private static readonly TimeSpan CreationTimeout = TimeSpan.FromSeconds(30);

    private readonly Lock _lock = new();
    private readonly SemaphoreSlim _gate = new(1);
    private Task? _opening;
    private IDisposable? _engine;
    private bool _isDisposed;
    private volatile bool _isOpen;

    /// <summary>
    /// Opens the store unless it is open. Calls that come while one opens it share its luck: were they to try one after the
    /// other, the last of ten would hear after twenty seconds that the database cannot be reached.
    /// </summary>
    public Task OpenAsync(CancellationToken cancellationToken)
    {
        if (_isOpen)
        {
            return Task.CompletedTask;
        }

        lock (_lock)
        {
            if (_opening is null or { IsFaulted: true } or { IsCanceled: true })
            {
                // On the pool, and not for the caller alone: whoever gives up leaves it to the others.
                _opening = Task.Run(OpenOnceAsync, CancellationToken.None);
            }

            return _opening.WaitAsync(cancellationToken);
        }
    }

    public async Task EnterAsEngineAsync(CancellationToken cancellationToken)
    {
        await OpenAsync(cancellationToken);
        await _gate.WaitAsync(cancellationToken);
        try
        {
            ObjectDisposedException.ThrowIf(_isDisposed, this);
            await using LentContext lent = contexts.Lend();
            _engine ??= verbs.EnterAsEngine(lent.Context);
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>Refuses tables that ask for a newer library, and tables that are older than this one.</summary>
    public async Task<SchemaEntity> CheckWriterAsync(DbContext context, CancellationToken cancellationToken)
    {
        SchemaEntity row = await context.Set<SchemaEntity>().AsNoTracking().FirstOrDefaultAsync(row => row.Id == 1, cancellationToken)
            ?? await AddRowAsync(context, cancellationToken);
        if (row.MinimumWriter > SchemaEntity.CurrentVersion)
        {
            throw new InvalidOperationException(
                $"The tables of ScheduledBots are of version {row.Version} and ask for a library of version {row.MinimumWriter}; this one is of version {SchemaEntity.CurrentVersion}. Update the ScheduledBots packages of this process.");
        }

        return row.Version >= SchemaEntity.CurrentVersion
            ? row
            : throw new InvalidOperationException(
                $"The tables of ScheduledBots are of version {row.Version}; this library needs version {SchemaEntity.CurrentVersion}. {contexts.UpgradeCure}");
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _isDisposed = true;
        _engine?.Dispose();
        _engine = null;
    }

    private async Task OpenOnceAsync()
    {
        await BuildModelAsync();
        await calls.CallAsync(async (context, token) =>
        {
            await verbs.PrepareAsync(context, token);
            return true;
        }, CancellationToken.None);
        if (contexts.CreatesTables && !await calls.CallAsync(verbs.HasTablesAsync, CancellationToken.None))
        {
            await calls.CallAsync(CreateAsync, CancellationToken.None, CreationTimeout);
        }

        await calls.CallAsync(CheckWriterAsync, CancellationToken.None);
        await calls.CallAsync(verbs.Reads.TouchAsync, CancellationToken.None);
        _isOpen = true;
    }

    /// <summary>
    /// On a busy machine the model alone can take seconds, which are not the database's. A model without the tables is told
    /// here: EF Core's own words for it name a type that no host has seen.
    /// </summary>
    private async Task BuildModelAsync()
    {
        await using LentContext lent = contexts.Lend();
        if (lent.Context.Model.FindEntityType(typeof(SchemaEntity)) is null)
        {
            throw new InvalidOperationException($"{lent.Context.GetType().Name} has no tables of ScheduledBots in its model. {contexts.Cure}");
        }
    }

    /// <summary>One process makes the tables; one that came at the same time waits for its transaction and finds them.</summary>
    private async Task<bool> CreateAsync(DbContext context, CancellationToken cancellationToken)
    {
        await using IDbContextTransaction transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        await verbs.LockSchemaAsync(context, cancellationToken);
        await using LentContext other = contexts.Lend();
        if (!await verbs.HasTablesAsync(other.Context, cancellationToken))
        {
            await context.GetService<IRelationalDatabaseCreator>().CreateTablesAsync(cancellationToken);
        }

        await transaction.CommitAsync(cancellationToken);
        return true;
    }

    /// <summary>A host may have emptied the tables.</summary>
    private static async Task<SchemaEntity> AddRowAsync(DbContext context, CancellationToken cancellationToken)
    {
        try
        {
            context.Add(SchemaEntity.Current());
            await context.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException error) when (error.InnerException is DbException)
        {
            // Another process was faster, and its row is read.
        }

        context.ChangeTracker.Clear();
        return await context.Set<SchemaEntity>().AsNoTracking().FirstAsync(row => row.Id == 1, cancellationToken);
    }
}
