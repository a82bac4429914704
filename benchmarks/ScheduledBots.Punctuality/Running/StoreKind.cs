namespace ScheduledBots.Punctuality.Running;

/// <summary>Where the engine keeps its bots.</summary>
internal enum StoreKind
{
    Memory,
    Sqlite,
    Postgres,
}
