namespace ScheduledBots.Storage.EfCore.Model;

/// <summary>One column of the bots' table: how the model maps it, and how statements write it.</summary>
/// <param name="Property">The property of <see cref="BotEntity"/>.</param>
/// <param name="Name">The column.</param>
/// <param name="PostgresType">Its type there; a parameter of many rows is an array of it.</param>
/// <param name="IsEngines">Whether the engine's commits write it.</param>
/// <param name="Value">The value in a row.</param>
/// <param name="Values">The values of many rows, as a typed array.</param>
internal sealed record BotColumn(
    string Property,
    string Name,
    string PostgresType,
    bool IsEngines,
    Func<BotEntity, object?> Value,
    Func<IEnumerable<BotEntity>, Array> Values)
{
    /// <summary>The longest name of a scheduler, which is part of every key.</summary>
    public const int MaxSchedulerLength = 128;

    public static readonly IReadOnlyList<BotColumn> All =
    [
        Of(nameof(BotEntity.Scheduler), "scheduler", "text", row => row.Scheduler) with { MaxLength = MaxSchedulerLength },
        Of(nameof(BotEntity.Id), "id", "uuid", row => row.Id),
        Of(nameof(BotEntity.Tenant), "tenant", "text", row => row.Tenant),
        Of(nameof(BotEntity.DedupKey), "dedup_key", "text", row => row.DedupKey),
        Of(nameof(BotEntity.RequestHash), "request_hash", "bytea", row => row.RequestHash),
        Of(nameof(BotEntity.JoinAt), "join_at", "bigint", row => row.JoinAt),
        Of(nameof(BotEntity.Version), "version", "bigint", row => row.Version),
        Of(nameof(BotEntity.MeetingUrl), "meeting_url", "text", row => row.MeetingUrl),
        Of(nameof(BotEntity.Name), "name", "text", row => row.Name),
        Of(nameof(BotEntity.Metadata), "metadata", "text", row => row.Metadata),
        Of(nameof(BotEntity.TraceParent), "trace_parent", "text", row => row.TraceParent),
        Of(nameof(BotEntity.CreatedAt), "created_at", "bigint", row => row.CreatedAt),
        OfEngine(nameof(BotEntity.State), "state", "smallint", row => row.State),
        OfEngine(nameof(BotEntity.Owner), "owner", "uuid", row => row.Owner),
        OfEngine(nameof(BotEntity.Fence), "fence", "bigint", row => row.Fence),
        OfEngine(nameof(BotEntity.StagedFence), "staged_fence", "bigint", row => row.StagedFence),
        OfEngine(nameof(BotEntity.Attempt), "attempt", "integer", row => row.Attempt),
        OfEngine(nameof(BotEntity.ArmedUntil), "armed_until", "bigint", row => row.ArmedUntil),
        OfEngine(nameof(BotEntity.PossiblyStarted), "possibly_started", "boolean", row => row.PossiblyStarted),
        OfEngine(nameof(BotEntity.Resource), "resource", "text", row => row.Resource),
        OfEngine(nameof(BotEntity.ResourcePortable), "resource_portable", "boolean", row => row.ResourcePortable),
        OfEngine(nameof(BotEntity.Crashes), "crashes", "smallint", row => row.Crashes),
        OfEngine(nameof(BotEntity.AllocatingFence), "allocating_fence", "bigint", row => row.AllocatingFence),
        OfEngine(nameof(BotEntity.NotBefore), "not_before", "bigint", row => row.NotBefore),
        OfEngine(nameof(BotEntity.StartedAt), "started_at", "bigint", row => row.StartedAt),
        OfEngine(nameof(BotEntity.SettledAt), "settled_at", "bigint", row => row.SettledAt),
        OfEngine(nameof(BotEntity.ErrorCode), "error_code", "smallint", row => row.ErrorCode),
        OfEngine(nameof(BotEntity.Error), "error", "text", row => row.Error),
    ];

    public static readonly IReadOnlyList<BotColumn> Engines = [.. All.Where(column => column.IsEngines)];

    /// <summary>The longest value, where the column is part of a key that some databases limit.</summary>
    public int? MaxLength { get; init; }

    /// <summary>The columns' names for a statement.</summary>
    /// <param name="columns">The columns.</param>
    /// <param name="alias">The table's name in the statement, where another one has columns of these names.</param>
    public static string Names(IEnumerable<BotColumn> columns, string? alias = null) =>
        string.Join(", ", columns.Select(column => alias is null ? column.Name : $"{alias}.{column.Name}"));

    private static BotColumn Of<T>(string property, string name, string type, Func<BotEntity, T> value) =>
        new(property, name, type, IsEngines: false, row => value(row), rows => rows.Select(value).ToArray());

    private static BotColumn OfEngine<T>(string property, string name, string type, Func<BotEntity, T> value) =>
        Of(property, name, type, value) with { IsEngines = true };
}
