namespace QuickStart;

/// <summary>The command line: a calendar file, where the bots are kept, and how to get there.</summary>
internal sealed record Arguments(string? File, string Storage, string Connection)
{
    public const string Memory = "memory";
    public const string Sqlite = "sqlite";
    public const string Postgres = "postgres";

    private const string DefaultFile = "Data Source=quickstart.db";

    public bool IsDurable => Storage != Memory;

    public static Arguments Parse(string[] args)
    {
        string? file = null, storage = null, connection = null;
        for (int i = 0; i < args.Length; i++)
        {
            switch (args[i])
            {
                case "--storage":
                    storage = ValueOf(args, ref i, "memory, sqlite or postgres");
                    break;
                case "--connection":
                    connection = ValueOf(args, ref i, "a connection string in quotes");
                    break;
                case ['-', ..] option:
                    throw new UsageException($"There is no option '{option}'. Use: [calendar.ics] [--storage memory|sqlite|postgres] [--connection \"...\"]");
                default:
                    file = args[i];
                    break;
            }
        }

        return (storage ?? Memory, connection) switch
        {
            (Memory, null) => new Arguments(file, Memory, ""),
            (Memory, _) => throw new UsageException("--connection is given, but the bots are kept in memory. Add --storage sqlite or --storage postgres."),
            (Sqlite, _) => new Arguments(file, Sqlite, connection ?? DefaultFile),
            (Postgres, not null) => new Arguments(file, Postgres, connection),
            (Postgres, null) => throw new UsageException("--storage postgres needs a database. Add --connection \"Host=localhost;Username=postgres;Password=...;Database=quickstart\"."),
            _ => throw new UsageException($"There is no storage '{storage}'. Use memory, sqlite or postgres."),
        };
    }

    private static string ValueOf(string[] args, ref int i, string what) =>
        ++i < args.Length && !args[i].StartsWith("--", StringComparison.Ordinal) ? args[i] : throw new UsageException($"{args[i - 1]} has no value. Give {what}.");
}
