using System.Collections.Frozen;
using System.Data.Common;

namespace ScheduledBots.Storage.EfCore;

/// <summary>What the codes of databases mean to whoever runs one: what was found, and the cure.</summary>
/// <remarks>Thread-safe. Codes only: the driver's own sentence may quote a row.</remarks>
internal static class FaultWords
{
    private const string Unknown = "Whether the call took effect is not known; repeat it.";
    private const string Nothing = "Nothing was written.";
    private const string SqlitePrefix = "SQLite Error ";

    private static readonly FrozenDictionary<string, (string Found, string Cure)> Known = new Dictionary<string, (string, string)>
    {
        ["25006"] = ("is read-only", $"{Nothing} Point the connection string at the primary (Target Session Attributes=primary where it names several hosts)."),
        ["28000"] = ("refuses this process", $"{Nothing} Mend the user in the connection string, or the server's pg_hba.conf."),
        ["28P01"] = ("refuses the password of its user", $"{Nothing} Mend the connection string."),
        ["3D000"] = ("does not exist under the name in the connection string", $"{Nothing} Create it, or mend the name; only tables are made by the store."),
        ["42501"] = ("refuses its user a right", $"{Nothing} Grant it USAGE on the schema and SELECT, INSERT, UPDATE and DELETE on the tables of ScheduledBots; where the store makes its tables, CREATE too."),
        ["42939"] = ("keeps the name of the schema to itself", $"{Nothing} Choose another one."),
        ["40001"] = ("undid the call for others that write the same rows, again and again", $"{Nothing} Repeat it."),
        ["40P01"] = ("undid the call to end a deadlock, again and again", $"{Nothing} Repeat it; look in the server's log for who locks the tables of ScheduledBots."),
        ["53100"] = ("has no space left on its disk", $"{Nothing} Make room."),
        ["53300"] = ("has no connection left", $"{Nothing} Raise its max_connections, or lower Maximum Pool Size so that the pools of all processes together fit."),
        ["55P03"] = ("gave up waiting for a lock, as its lock_timeout says", $"{Nothing} Repeat the call; look who locks the tables of ScheduledBots."),
        ["57014"] = ("cancelled the statement, as its statement_timeout says or an operator did", $"{Nothing} Repeat the call; give the user of this process two seconds or more."),
        ["57P01"] = ("is being shut down", Unknown),
        ["57P02"] = ("crashed and restarts", Unknown),
        ["57P03"] = ("starts or stops and takes no connections", $"{Nothing} Repeat the call later."),
        ["SocketException"] = ("cannot be reached", "Look at the address in the connection string, at the network, and whether the server runs; repeat the call then."),
        ["TimeoutException"] = ("did not answer within its driver's time-out", "Look whether it can be reached, and whether the pool is large enough. " + Unknown),
        ["SQLite 5"] = ("is locked by another process", $"{Nothing} Repeat the call; look who keeps a transaction open on the file."),
        ["SQLite 8"] = ("is read-only", $"{Nothing} Make the file and its folder writable."),
        ["SQLite 10"] = ("cannot read or write its file", "Look at the disk. " + Unknown),
        ["SQLite 11"] = ("is damaged", $"{Nothing} Restore the file from a backup."),
        ["SQLite 13"] = ("has no space left on its disk", $"{Nothing} Make room."),
        ["SQLite 14"] = ("cannot be opened", $"{Nothing} The folder of the file must exist, and this process must be allowed to write in it."),
        ["SQLite 26"] = ("is no database but another file", $"{Nothing} Name another file."),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>The rest of a sentence that begins with the database.</summary>
    public static string Of(DbException driver)
    {
        string code = Code(driver);
        return Known.TryGetValue(code, out (string Found, string Cure) words)
            ? $"{words.Found} ({Shown(code)}). {words.Cure}"
            : $"cannot be used now ({Shown(code)}). {Unknown}";
    }

    /// <summary>SQLite's driver tells its code by the message alone to whoever does not know the driver.</summary>
    private static string Code(DbException driver)
    {
        if (driver.SqlState is { Length: > 0 } state)
        {
            return state;
        }

        string message = driver.Message;
        return message.StartsWith(SqlitePrefix, StringComparison.Ordinal) && message.IndexOf(':', StringComparison.Ordinal) is var end and > 0
            ? string.Concat("SQLite ", message.AsSpan(SqlitePrefix.Length, end - SqlitePrefix.Length))
            : driver.InnerException?.GetType().Name ?? driver.GetType().Name;
    }

    private static string Shown(string code) => code.Length == 5 ? $"SQLSTATE {code}" : code; // nothing else is so short
}
