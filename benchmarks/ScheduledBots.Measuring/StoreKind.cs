namespace ScheduledBots.Measuring;

/// <summary>Where the engine keeps its bots.</summary>
public enum StoreKind
{
    Memory,
    Sqlite,
    Postgres,
}
