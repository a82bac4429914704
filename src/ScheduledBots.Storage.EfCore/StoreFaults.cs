using System.Data.Common;

namespace ScheduledBots.Storage.EfCore;

/// <summary>Says in this library's words what a database's driver has said in its own.</summary>
/// <remarks>
/// Thread-safe. Exceptions are logged whole, so what a server says about a statement is left out, but for its code: it may
/// quote the row. What the driver says about the connection stays.
/// </remarks>
internal sealed class StoreFaults(string store, string cure)
{
    private readonly string _database = store == "database" ? "The database" : $"The {store} database";

    /// <summary>Whether the database says that it has undone the statement, for a deadlock or a conflict.</summary>
    public static bool WasUndone(Exception error) => DriverError(error)?.SqlState is "40P01" or "40001";

    /// <summary>The exception to throw instead, or null where the error is none of the database's.</summary>
    public Exception? Translate(Exception error)
    {
        if (error is StoreSilenceException silence)
        {
            return new StoreUnavailableException(
                silence.WasConnected
                    ? $"{_database} did not answer within {StoreCalls.ClientTimeout.TotalSeconds:0} seconds. Whether the call took effect is not known; repeat it."
                    : $"{_database} gave no connection within {StoreCalls.ServerTimeout.TotalSeconds:0.0} seconds. Look whether it can be reached, and whether the connection string's pool is large enough for all that this process does; repeat the call then.",
                error);
        }

        return DriverError(error) switch
        {
            null => null,
            { } driver when IsMissingTable(driver) => new InvalidOperationException($"{_database} lacks tables or columns of ScheduledBots. {cure}", Quotable(driver)),
            { } driver => new StoreUnavailableException($"{_database} {FaultWords.Of(driver)}", Quotable(driver)),
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

    private static DbException? Quotable(DbException driver) => driver.SqlState is { Length: > 0 } ? null : driver;
}
