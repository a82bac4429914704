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

    private readonly SemaphoreSlim _gate = new(1);
    private IDisposable? _engine;
    private bool _isDisposed;

    public bool IsOpen { get; private set; }

    public async Task OpenAsync(CancellationToken cancellationToken)
    {
        if (IsOpen)
        {
            return;
        }

        await _gate.WaitAsync(cancellationToken);
        try
        {
            await OpenOnceAsync(cancellationToken);
        }
        finally
        {
            _gate.Release();
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
                $"The tables of ScheduledBots are of version {row.Version}; this library needs version {SchemaEntity.CurrentVersion}. {contexts.Cure}");
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _isDisposed = true;
        _engine?.Dispose();
        _engine = null;
    }

    private async Task OpenOnceAsync(CancellationToken cancellationToken)
    {
        if (IsOpen)
        {
            return;
        }

        // On a busy machine the model alone can take seconds, which are not the database's.
        await Task.Run(BuildModelAsync, cancellationToken);
        await calls.CallAsync(async (context, token) =>
        {
            await verbs.PrepareAsync(context, token);
            return true;
        }, cancellationToken);
        if (contexts.CreatesTables && !await calls.CallAsync(verbs.HasTablesAsync, cancellationToken))
        {
            await calls.CallAsync(CreateAsync, cancellationToken, CreationTimeout);
        }

        await calls.CallAsync(CheckWriterAsync, cancellationToken);
        IsOpen = true;
    }

    private async Task BuildModelAsync()
    {
        await using LentContext lent = contexts.Lend();
        _ = lent.Context.Model;
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
