using ScheduledBots.Lifecycle;

namespace ScheduledBots.Storage.InMemory;

/// <summary>One bot as it is kept: small while it only waits, because that is what most bots do.</summary>
/// <remarks>Mutable; only the store touches it, under its lock.</remarks>
internal sealed class BotRow
{
    /// <summary>The order in which rows are due.</summary>
    public static readonly IComparer<BotRow> ByJoinAt = Comparer<BotRow>.Create((left, right) =>
        left.JoinAtTicks.CompareTo(right.JoinAtTicks) is var order and not 0 ? order : left.Id.CompareTo(right.Id));

    private readonly RareColumns? _rare;
    private readonly long _createdAtTicks;
    private string _meetingUrl;
    private string _name;
    private string? _metadata;

    public BotRow(BotSnapshot bot)
    {
        Id = bot.Id;
        Tenant = bot.Tenant;
        _createdAtTicks = bot.CreatedAt.UtcTicks;
        _meetingUrl = bot.MeetingUrl;
        _name = bot.Name;
        _rare = bot.DeduplicationKey is null && bot.RequestHash.IsEmpty && bot.TraceParent is null
            ? null
            : new RareColumns(bot.DeduplicationKey, bot.RequestHash, bot.TraceParent);
        Write(bot, bot.Version);
    }

    public BotId Id { get; }

    /// <summary>The engine's columns; null while no engine has touched the bot.</summary>
    public EngineColumns? Engine { get; private set; }

    /// <summary>What happened to the bot; null while nothing has.</summary>
    public List<BotHistoryLine>? History { get; private set; }

    public BotStatus Status => Engine?.Status ?? BotStatus.Scheduled;

    public NodeId? Owner => Engine?.Owner;

    public Fence Fence => Engine?.Fence ?? default;

    public long Version { get; private set; }

    public DateTimeOffset JoinAt => new(JoinAtTicks, TimeSpan.Zero);

    /// <summary>The same, for indexes, which compare many.</summary>
    public long JoinAtTicks { get; private set; }

    /// <summary>Where <see cref="DueIndex"/> has it; nobody else's business.</summary>
    public int Place { get; set; }

    public DateTimeOffset? NotBefore => Engine?.NotBefore;

    public DateTimeOffset SettledAt => Engine?.SettledAt ?? DateTimeOffset.MaxValue;

    public string Tenant { get; }

    public string? DeduplicationKey => _rare?.DeduplicationKey;

    public bool IsSettled => Status >= BotStatus.Joined;

    /// <summary>The status callers see, by the rule of <see cref="Bot.StatusAt"/>, without making a bot for each row of a scan.</summary>
    public BotStatus StatusAt(DateTimeOffset now) =>
        Status == BotStatus.Staged && Engine!.Attempt > 0 && JoinAt <= now ? BotStatus.Joining : Status;

    public BotSnapshot ToSnapshot() => new()
    {
        Id = Id,
        Tenant = Tenant,
        DeduplicationKey = _rare?.DeduplicationKey,
        RequestHash = _rare?.RequestHash ?? default,
        TraceParent = _rare?.TraceParent,
        CreatedAt = new DateTimeOffset(_createdAtTicks, TimeSpan.Zero),
        MeetingUrl = _meetingUrl,
        Name = _name,
        Metadata = _metadata,
        JoinAt = JoinAt,
        Version = Version,
        Status = Status,
        Owner = Engine?.Owner,
        Fence = Fence,
        Attempt = Engine?.Attempt ?? 0,
        PossiblyStarted = Engine?.PossiblyStarted ?? false,
        Crashes = Engine?.Crashes ?? 0,
        AllocatingFence = Engine?.AllocatingFence,
        NotBefore = Engine?.NotBefore,
        LastFailure = Engine?.LastFailure,
        Resource = Engine?.Resource,
        StagedFence = Engine?.StagedFence,
        ArmedUntil = Engine?.ArmedUntil,
        StartedAt = Engine?.StartedAt,
        SettledAt = Engine?.SettledAt,
    };

    /// <summary>Writes every column that can change.</summary>
    public void Write(BotSnapshot bot, long version)
    {
        _meetingUrl = bot.MeetingUrl;
        _name = bot.Name;
        _metadata = bot.Metadata;
        JoinAtTicks = bot.JoinAt.UtcTicks;
        WriteEngine(bot, version);
    }

    /// <summary>Writes the engine's columns only.</summary>
    public void WriteEngine(BotSnapshot bot, long version)
    {
        Version = version;
        Engine = EngineColumns.AreInitial(bot) ? null : new EngineColumns(bot);
    }

    public void AddHistory(IEnumerable<BotHistoryLine> lines) => (History ??= []).AddRange(lines);
}
