using System.Collections.Concurrent;
using System.Data.Common;
using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using ScheduledBots.Lifecycle;
using ScheduledBots.Storage.EfCore.Model;

namespace ScheduledBots.Storage.EfCore.Sql;

/// <summary>
/// SQLite: one file, one engine. A lock of the operating system keeps a second engine out and dies with its process, so
/// whoever holds it knows that every other owner is lost: there are no nodes to watch.
/// </summary>
/// <remarks>A statement costs no round trip here, so batches are loops in one transaction, which takes the write lock at its begin.</remarks>
internal sealed class SqliteVerbs(string scheduler) : SqlVerbs(scheduler)
{
    private const int LinuxWouldBlock = 11;
    private const int MacWouldBlock = 35;
    private const int WindowsSharingViolation = unchecked((int)0x8007_0020);

    /// <summary>One writer of this process at a time waits for a file; the others wait here, in turn, and block no thread.</summary>
    private static readonly ConcurrentDictionary<string, SemaphoreSlim> Writers = [];

    public override string Name => "SQLite";

    public override bool HasSingleEngine => true;

    /// <inheritdoc/>
    protected override SemaphoreSlim? WriterQueue(DbContext context) => QueueOf(FileOf(context) ?? "");

    protected override string LockRows => "";

    protected override string WaitForRows => "";

    protected override string IsNode(SqlTables tables, string statuses) => "TRUE";

    protected override string IsLost(SqlTables tables) => "TRUE";

    protected override string OfOwner(SqlTables tables, string column) => "NULL";

    /// <inheritdoc/>
    public override async Task PrepareAsync(DbContext context, CancellationToken cancellationToken)
    {
        if (FileOf(context) is null)
        {
            throw new InvalidOperationException(
                "The SQLite database is in memory, where every connection has its own. Name a file, or call UseInMemoryStorage() where bots need not survive.");
        }

        // Readers and the writer do not wait for each other; kept in the file. A read-only file keeps what it has.
        await context.Database.ExecuteSqlRawAsync("PRAGMA journal_mode = WAL", cancellationToken);
    }

    /// <inheritdoc/>
    public override Task<bool> HasTablesAsync(DbContext context, CancellationToken cancellationToken) =>
        context.Database.SqlQueryRaw<int>("SELECT count(*) AS Value FROM sqlite_master WHERE name = 'scheduled_bots_schema'")
            .AnyAsync(count => count > 0, cancellationToken);

    /// <inheritdoc/>
    public override IDisposable? EnterAsEngine(DbContext context)
    {
        string name = Scheduler.Length == 0 ? "" : "-" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Scheduler)).AsSpan(0, 8));
        try
        {
            return new FileStream(FileOf(context) + name + ".engine", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException error) when (error.HResult is LinuxWouldBlock or MacWouldBlock or WindowsSharingViolation)
        {
            throw new InvalidOperationException(
                "Another engine works on this SQLite database, and there can be one. Call ScheduleOnly() in this process, stop the other one, or use PostgreSQL.", error);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new InvalidOperationException(
                $"The file that keeps a second engine out cannot be opened beside the SQLite database ({error.GetType().Name}). Let this process write in that folder, or call ScheduleOnly() in it.", error);
        }
    }

    /// <inheritdoc/>
    public override Task<IReadOnlyList<InsertOutcome>> InsertAsync(
        DbContext context, IReadOnlyList<BotSnapshot> bots, CancellationToken cancellationToken) =>
        TogetherAsync(context, () => base.InsertAsync(context, bots, cancellationToken), cancellationToken);

    /// <inheritdoc/>
    public override Task<ClaimOutcome> ClaimAsync(DbContext context, ClaimQuery query, CancellationToken cancellationToken) =>
        TogetherAsync(context, () => base.ClaimAsync(context, query, cancellationToken), cancellationToken);

    /// <inheritdoc/>
    public override Task<IReadOnlyList<BotSnapshot>> ArmAsync(DbContext context, ArmQuery query, CancellationToken cancellationToken) =>
        TogetherAsync(context, () => base.ArmAsync(context, query, cancellationToken), cancellationToken);

    /// <inheritdoc/>
    public override Task<IReadOnlyList<CommitOutcome>> CommitAsync(
        DbContext context, IReadOnlyList<BotCommit> commits, CancellationToken cancellationToken) =>
        TogetherAsync(context, () => base.CommitAsync(context, commits, cancellationToken), cancellationToken);

    /// <inheritdoc/>
    public override Task<int> PruneAsync(DbContext context, DateTimeOffset settledBefore, int limit, CancellationToken cancellationToken) =>
        TogetherAsync(context, () => base.PruneAsync(context, settledBefore, limit, cancellationToken), cancellationToken);

    /// <inheritdoc/>
    public override Task<ChangeOutcome> EraseAsync(DbContext context, BotId id, CancellationToken cancellationToken) =>
        TogetherAsync(context, () => base.EraseAsync(context, id, cancellationToken), cancellationToken);

    /// <inheritdoc/>
    public override Task<IReadOnlyList<BotSnapshot>> AdoptAsync(DbContext context, AdoptQuery query, CancellationToken cancellationToken) =>
        TogetherAsync(context, () => base.AdoptAsync(context, query, cancellationToken), cancellationToken);

    /// <inheritdoc/>
    /// <remarks>There is nobody to show that the engine lives, and no clock but the process's own.</remarks>
    public override Task<BeatOutcome> BeatAsync(DbContext context, BeatQuery query, CancellationToken cancellationToken) =>
        Task.FromResult(new BeatOutcome(Applied: true, StoreNow: null, Nodes: []));

    /// <inheritdoc/>
    public override Task<bool> DeclareDeadAsync(DbContext context, NodeId node, long observedBeat, CancellationToken cancellationToken) =>
        Task.FromResult(false);

    /// <inheritdoc/>
    protected override Task<bool> ReplaceAsync(
        DbContext context, BotSnapshot next, IReadOnlyList<BotHistoryLine> lines, CancellationToken cancellationToken) =>
        TogetherAsync(context, () => base.ReplaceAsync(context, next, lines, cancellationToken), cancellationToken);

    /// <summary>The queue for a file.</summary>
    public static SemaphoreSlim QueueOf(string file) => Writers.GetOrAdd(file, _ => new SemaphoreSlim(1));

    private static string? FileOf(DbContext context)
    {
        DbConnection connection = context.Database.GetDbConnection();
        var settings = new DbConnectionStringBuilder { ConnectionString = connection.ConnectionString };
        bool isInMemory = connection.DataSource.Length == 0
            || connection.DataSource == ":memory:"
            || (settings.TryGetValue("Mode", out object? mode) && string.Equals(mode as string, "Memory", StringComparison.OrdinalIgnoreCase));
        return isInMemory ? null : Path.GetFullPath(connection.DataSource);
    }
}
