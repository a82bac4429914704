using ScheduledBots.Lifecycle;

namespace ScheduledBots.Storage.EfCore.Model;

/// <summary>One bot as a row: the one place that knows how a <see cref="BotSnapshot"/> lies in columns.</summary>
/// <remarks>
/// Filled by EF Core and by <see cref="From"/>; never tracked. A new column has four places: here, where it goes into the row and out of it,
/// in <see cref="BotColumn.All"/>, and in <see cref="Portable.BotSetters"/>. The model suite compares every row with the model's and finds what was forgotten.
/// </remarks>
internal sealed class BotEntity
{
    public required string Scheduler { get; set; }

    public required Guid Id { get; set; }

    public required string Tenant { get; set; }

    public string? DedupKey { get; set; }

    public required byte[] RequestHash { get; set; }

    /// <summary>The number of a <see cref="BotStatus"/>, which statements write as it is: below 3 a bot is not settled.</summary>
    public short State { get; set; }

    public long JoinAt { get; set; }

    public long Version { get; set; }

    public Guid? Owner { get; set; }

    public long Fence { get; set; }

    public long? StagedFence { get; set; }

    public int Attempt { get; set; }

    public long? ArmedUntil { get; set; }

    public bool PossiblyStarted { get; set; }

    public string? Resource { get; set; }

    public bool ResourcePortable { get; set; }

    public short Crashes { get; set; }

    public long? AllocatingFence { get; set; }

    public long? NotBefore { get; set; }

    public long? StartedAt { get; set; }

    public long? SettledAt { get; set; }

    public required string MeetingUrl { get; set; }

    public required string Name { get; set; }

    public string? Metadata { get; set; }

    public short? ErrorCode { get; set; }

    public string? Error { get; set; }

    public string? TraceParent { get; set; }

    public long CreatedAt { get; set; }

    /// <summary>How long after JoinAt the joiner was called, for whoever asks the database: computed there, never written.</summary>
    public long? Lateness { get; private set; }

    public static BotEntity From(string scheduler, BotSnapshot bot) => new()
    {
        Scheduler = scheduler,
        Id = bot.Id.Value,
        Tenant = bot.Tenant,
        DedupKey = bot.DeduplicationKey,
        RequestHash = bot.RequestHash.ToArray(),
        State = (short)bot.Status,
        JoinAt = Micros.Floor(bot.JoinAt),
        Version = bot.Version,
        Owner = bot.Owner?.Value,
        Fence = bot.Fence.Value,
        StagedFence = bot.StagedFence?.Value,
        Attempt = bot.Attempt,
        ArmedUntil = Micros.Floor(bot.ArmedUntil),
        PossiblyStarted = bot.PossiblyStarted,
        Resource = StoredText.Kept(bot.Resource?.Value),
        ResourcePortable = bot.Resource?.IsPortable ?? false,
        Crashes = checked((short)bot.Crashes),
        AllocatingFence = bot.AllocatingFence?.Value,
        NotBefore = Micros.Floor(bot.NotBefore),
        StartedAt = Micros.Floor(bot.StartedAt),
        SettledAt = Micros.Floor(bot.SettledAt),
        MeetingUrl = StoredText.Kept(bot.MeetingUrl),
        Name = StoredText.Kept(bot.Name),
        Metadata = StoredText.Kept(bot.Metadata),
        ErrorCode = (short?)bot.LastFailure?.Reason,
        Error = StoredText.Kept(bot.LastFailure?.Detail),
        TraceParent = StoredText.Kept(bot.TraceParent),
        CreatedAt = Micros.Floor(bot.CreatedAt),
    };

    public BotSnapshot ToSnapshot() => new()
    {
        Id = new BotId(Id),
        Tenant = Tenant,
        DeduplicationKey = DedupKey,
        RequestHash = Lifecycle.RequestHash.FromBytes(RequestHash),
        Status = (BotStatus)State,
        JoinAt = Micros.Instant(JoinAt),
        Version = Version,
        Owner = Owner is { } owner ? new NodeId(owner) : null,
        Fence = new Fence(Fence),
        StagedFence = ToFence(StagedFence),
        Attempt = Attempt,
        ArmedUntil = Micros.Instant(ArmedUntil),
        PossiblyStarted = PossiblyStarted,
        Resource = Resource is { } resource ? new ResourceHandle(StoredText.Read(resource), ResourcePortable) : null,
        Crashes = Crashes,
        AllocatingFence = ToFence(AllocatingFence),
        NotBefore = Micros.Instant(NotBefore),
        StartedAt = Micros.Instant(StartedAt),
        SettledAt = Micros.Instant(SettledAt),
        MeetingUrl = StoredText.Read(MeetingUrl),
        Name = StoredText.Read(Name),
        Metadata = StoredText.Read(Metadata),
        LastFailure = ErrorCode is { } code ? new Failure((FailureReason)code, StoredText.Read(Error)) : null,
        TraceParent = StoredText.Read(TraceParent),
        CreatedAt = Micros.Instant(CreatedAt),
    };

    private static Fence? ToFence(long? value) => value is { } known ? new Fence(known) : null;
}
