using System.Data.Common;
using Microsoft.EntityFrameworkCore;

namespace ScheduledBots.Storage.EfCore;

/// <summary>Says in this library's words what a database's driver has said in its own.</summary>
/// <remarks>
/// Thread-safe. Exceptions are logged whole, so what a server says about a statement is left out, but for its code: it may
/// quote the row. What the driver says about the connection stays.
/// </remarks>
internal sealed class StoreFaults(string store, string cure)
{
    private const string SqliteReadOnly = "SQLite Error 8:";

    /// <summary>Whether the database says that it has undone the statement, for a deadlock or a conflict.</summary>
    public static bool WasUndone(Exception error) => DriverError(error)?.SqlState is "40P01" or "40001";

    /// <summary>The exception to throw instead, or null where the error is none of the database's.</summary>
    public Exception? Translate(Exception error)
    {
        if (error is TimeoutException)
        {
            return new StoreUnavailableException(
                $"The {store} did not answer within {StoreCalls.ClientTimeout.TotalSeconds:0} seconds. Whether the call took effect is not known; repeat it.", error);
        }

        return DriverError(error) switch
        {
            null => null,
            { } driver when IsMissingTable(driver) => new InvalidOperationException($"The {store} lacks tables or columns of ScheduledBots. {cure}", Quotable(driver)),
            { } driver when IsReadOnly(driver) => new StoreUnavailableException(
                $"The {store} is read-only. Point the connection at the primary, or make the file writable.", Quotable(driver)),
            { } driver => new StoreUnavailableException(
                $"The {store} cannot be used now ({Code(driver)}). Whether the call took effect is not known; repeat it.", Quotable(driver)),
        };
    }

    private static DbException? DriverError(Exception? error) => error switch
    {
        null => null,
        DbException driver => driver,
        _ => DriverError(error.InnerException),
    };

    private static bool IsMissingTable(DbException driver) =>
        driver.SqlState is "42P01" or "42703" or "3F000"
        || driver.Message.Contains("no such table", StringComparison.Ordinal)
        || driver.Message.Contains("no such column", StringComparison.Ordinal);

    private static bool IsReadOnly(DbException driver) =>
        driver.SqlState is "25006" || driver.Message.StartsWith(SqliteReadOnly, StringComparison.Ordinal);

    private static DbException? Quotable(DbException driver) => driver.SqlState is { Length: > 0 } ? null : driver;

    private static string Code(DbException driver) => driver.SqlState is { Length: > 0 } state
        ? $"SQLSTATE {state}"
        : driver.InnerException?.GetType().Name ?? driver.GetType().Name;
}
