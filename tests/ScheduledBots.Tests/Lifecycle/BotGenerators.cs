using FsCheck;
using FsCheck.Fluent;
using ScheduledBots.Lifecycle;

namespace ScheduledBots.Tests.Lifecycle;

/// <summary>
/// Bots and instants for the laws. FsCheck's default integers are tiny, so every range is stated here: instants are
/// whole microseconds of three years from 2026 on; fences and versions reach 2^40; attempts and crashes 0 to 5; every
/// optional column is null in about one case of three.
/// </summary>
internal static class BotGenerators
{
    public const string Canary = "canary-7f3a-secret";

    private static readonly DateTimeOffset Epoch = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>2026-01-01 to 2028-12-31, to the microsecond.</summary>
    public static Gen<DateTimeOffset> Instant { get; } =
        from second in Gen.Choose(0, 3 * 365 * 86_400)
        from microsecond in Gen.Choose(0, 999_999)
        select Epoch.AddSeconds(second).AddMicroseconds(microsecond);

    /// <summary>Zero in one case of four, else one microsecond to an hour.</summary>
    public static Gen<TimeSpan> Span { get; } = Gen.Frequency(
        (1, Gen.Constant(TimeSpan.Zero)),
        (1, Gen.Choose(1, 1_000).Select(microseconds => TimeSpan.FromMicroseconds(microseconds))),
        (2, Gen.Choose(1, 3_600_000).Select(milliseconds => TimeSpan.FromMilliseconds(milliseconds))));

    public static Gen<NodeId> Node { get; } = Uuid().Select(value => new NodeId(value));

    public static Gen<Failure> Failure { get; } =
        from reason in Gen.Elements(Enum.GetValues<FailureReason>())
        from detail in Gen.Elements(null, "", "boom", new string('x', ScheduledBots.Lifecycle.Failure.MaxDetailLength + 1))
        select new Failure(reason, detail);

    public static Gen<ResourceHandle> Resource { get; } =
        from value in Gen.Elements("vm-1", Canary, new string('h', 2048))
        from isPortable in Gen.Elements(true, false)
        select new ResourceHandle(value, isPortable);

    /// <summary>Any combination of columns, most of which no bot can have.</summary>
    public static Gen<BotSnapshot> AnySnapshot { get; } =
        from callers in CallersColumns()
        from engine in EngineColumns(callers)
        from state in StateColumns(engine)
        select state;

    /// <summary>Combinations that a bot can have, and nothing besides.</summary>
    public static Gen<BotSnapshot> Snapshot { get; } =
        from any in AnySnapshot
        from resource in Resource
        from failure in Failure
        from startedAfter in Span
        from settledAfter in Span
        select Completed(any, resource, failure, startedAfter, settledAfter);

    public static Gen<Bot> Bot { get; } = Snapshot.Select(ScheduledBots.Lifecycle.Bot.FromSnapshot);

    private static Gen<BotSnapshot> CallersColumns() =>
        from id in Uuid()
        from tenant in Gen.Elements("", "acme", "名")
        from key in Optional(Gen.Elements("key-1", "key-2"))
        from hash in Gen.Elements(0, 32)
        from url in Gen.Elements("https://meet.example.com/abc", "https://meet.example.com/?pwd=" + Canary)
        from name in Gen.Elements("Notes", "", "Ünï 🤖")
        from metadata in Optional(Gen.Elements("{}", Canary))
        from createdAt in Instant
        from lead in Span
        from trace in Optional(Gen.Constant("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"))
        select new BotSnapshot
        {
            Id = new BotId(id),
            Tenant = tenant,
            DeduplicationKey = key,
            RequestHash = RequestHash.FromBytes([.. Enumerable.Range(1, hash).Select(i => (byte)i)]),
            MeetingUrl = url,
            Name = name,
            Metadata = metadata,
            CreatedAt = createdAt,
            JoinAt = createdAt + lead,
            TraceParent = trace,
        };

    private static Gen<BotSnapshot> EngineColumns(BotSnapshot snapshot) =>
        from version in Large()
        from fence in Large()
        from owner in Optional(Node)
        from attempt in Gen.Choose(0, 5)
        from crashes in Gen.Choose(0, 5)
        from possiblyStarted in Gen.Elements(true, false)
        from isAllocating in Gen.Elements(true, false)
        from notBefore in Optional(Instant)
        from failure in Optional(Failure)
        select snapshot with
        {
            Version = version,
            Fence = new Fence(fence),
            Owner = owner,
            Attempt = attempt,
            Crashes = crashes,
            AllocatingFence = isAllocating ? new Fence(fence) : null,
            PossiblyStarted = possiblyStarted,
            NotBefore = notBefore,
            LastFailure = failure,
        };

    private static Gen<BotSnapshot> StateColumns(BotSnapshot snapshot) =>
        from status in Gen.Elements(Enum.GetValues<BotStatus>())
        from resource in Optional(Resource)
        from isUsable in Gen.Elements(true, false)
        from armedUntil in Optional(Instant)
        from startedAt in Optional(Instant)
        from settledAt in Optional(Instant)
        select snapshot with
        {
            Status = status,
            Resource = resource,
            StagedFence = isUsable ? snapshot.Fence : null,
            ArmedUntil = armedUntil,
            StartedAt = startedAt,
            SettledAt = settledAt,
        };

    // Written beside the state types on purpose: the laws compare two descriptions of one row.
    private static BotSnapshot Completed(
        BotSnapshot any, ResourceHandle resource, Failure failure, TimeSpan startedAfter, TimeSpan settledAfter)
    {
        DateTimeOffset started = any.JoinAt + startedAfter;
        DateTimeOffset settled = started + settledAfter;
        return any.Status switch
        {
            BotStatus.Scheduled => any with { Resource = null, StagedFence = null, ArmedUntil = null, StartedAt = null, SettledAt = null },
            BotStatus.Staged => any with { Resource = any.Resource ?? resource, StartedAt = null, SettledAt = null },
            BotStatus.Joining => any with { Attempt = Math.Max(1, any.Attempt), StartedAt = started, SettledAt = null },
            BotStatus.Joined => any with { StagedFence = null, ArmedUntil = null, StartedAt = started, SettledAt = settled },
            BotStatus.Failed => any with
            {
                Resource = null,
                StagedFence = null,
                ArmedUntil = null,
                StartedAt = any.StartedAt is null ? null : started,
                SettledAt = settled,
                LastFailure = any.LastFailure ?? failure,
            },
            _ => any with { Resource = null, StagedFence = null, ArmedUntil = null, StartedAt = null, SettledAt = settled },
        };
    }

    private static Gen<Guid> Uuid() =>
        from first in Gen.Choose(1, int.MaxValue)
        from second in Gen.Choose(0, short.MaxValue)
        select new Guid(first, (short)second, 0x7000, 0x80, 1, 2, 3, 4, 5, 6, 7);

    private static Gen<long> Large() => Gen.Frequency(
        (1, Gen.Choose(0, 3).Select(value => (long)value)),
        (2, Gen.Choose(0, 1 << 30).Select(value => value * 1024L)));

    private static Gen<T?> Optional<T>(Gen<T> gen)
        where T : class =>
        Gen.Frequency((1, Gen.Constant<T?>(null)), (2, gen.Select(value => (T?)value)));

    private static Gen<DateTimeOffset?> Optional(Gen<DateTimeOffset> gen) =>
        Gen.Frequency((1, Gen.Constant<DateTimeOffset?>(null)), (2, gen.Select(value => (DateTimeOffset?)value)));

    private static Gen<NodeId?> Optional(Gen<NodeId> gen) =>
        Gen.Frequency((1, Gen.Constant<NodeId?>(null)), (2, gen.Select(value => (NodeId?)value)));
}
