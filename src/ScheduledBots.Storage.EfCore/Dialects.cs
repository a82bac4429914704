using ScheduledBots.Storage.EfCore.Portable;
using ScheduledBots.Storage.EfCore.Sql;

namespace ScheduledBots.Storage.EfCore;

/// <summary>Which verbs a provider gets.</summary>
internal static class Dialects
{
    public static Func<string?, PortableVerbs> For(string scheduler) => provider => provider switch
    {
        "Npgsql.EntityFrameworkCore.PostgreSQL" => new PostgresVerbs(scheduler),
        "Microsoft.EntityFrameworkCore.Sqlite" => new SqliteVerbs(scheduler),
        null or "Microsoft.EntityFrameworkCore.InMemory" => throw new InvalidOperationException(
            "The context has no relational database, and bots must survive the process. Use PostgreSQL, SQLite or another relational provider; UseInMemoryStorage() is for what need not survive."),
        _ => new PortableVerbs(scheduler),
    };
}
