namespace ScheduledBots.Configuration;

/// <summary>Everything a scheduler can be told. The defaults suit browsers that take up to a minute to start.</summary>
/// <remarks>
/// Plain data: bound from configuration, changed by the host before the engine starts, validated together at start, with
/// every failure listed. Not thread-safe while it is changed. Read once; later changes have no effect.
/// </remarks>
public sealed class ScheduledBotsOptions
{
    /// <summary>How long before <c>JoinAt</c> resources are allocated.</summary>
    /// <value>Default 5 minutes; 0 to 1 day.</value>
    public TimeSpan StagingLead { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>Allocations of bots that share an instant are spread over this time before the staging lead begins.</summary>
    /// <value>Default 1 minute; 0 to 1 hour.</value>
    public TimeSpan StagingSpread { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>How long an allocation is expected to take, until 20 of them have been measured; a shorter lead time is at risk.</summary>
    /// <value>Default 2 minutes; 0 to 1 day.</value>
    public TimeSpan ExpectedStaging { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>How long one allocator call may take before it is given up.</summary>
    /// <value>Default 4 minutes; 1 ms to 1 day.</value>
    public TimeSpan AllocationTimeout { get; set; } = TimeSpan.FromMinutes(4);

    /// <summary>How many allocator calls run at once.</summary>
    /// <value>Default 64; 1 or more.</value>
    public int MaxConcurrentAllocations { get; set; } = 64;

    /// <summary>How long to wait before a failed allocation is tried again; doubled for each further failure, with jitter.</summary>
    /// <value>Default 1 second; 1 ms to 1 hour.</value>
    public TimeSpan StagingRetryDelay { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>The longest wait between two tries of an allocation.</summary>
    /// <value>Default 30 seconds; at least <see cref="StagingRetryDelay"/>, at most 1 day.</value>
    public TimeSpan MaxStagingRetryDelay { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How long before <c>JoinAt</c> a staged bot is armed: from then on it can no longer be stopped, and needs no database to join.</summary>
    /// <value>Default 10 seconds; 0 to 5 minutes, and not longer than <see cref="StagingLead"/>.</value>
    public TimeSpan ArmLead { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How long after <c>JoinAt</c> an armed bot may be started by the node that armed it, on a store that nodes share.</summary>
    /// <value>Default 5 seconds; more than <see cref="StartMargin"/>, at most 5 minutes.</value>
    public TimeSpan StartWindow { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>The end of the start window that is left unused, for clocks that differ.</summary>
    /// <value>Default 500 ms; 0 to 1 minute.</value>
    public TimeSpan StartMargin { get; set; } = TimeSpan.FromMilliseconds(500);

    /// <summary>How long after <c>JoinAt</c> a bot still joins late; past it, it fails as missed.</summary>
    /// <value>Default 10 minutes; 0 to 1 day.</value>
    public TimeSpan MisfireGrace { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>How many joiner calls run at once. A bot that finds none free joins late.</summary>
    /// <value>Default unlimited (<see cref="int.MaxValue"/>); 1 or more.</value>
    public int MaxConcurrentJoins { get; set; } = int.MaxValue;

    /// <summary>How long one joiner call may take before it is given up.</summary>
    /// <value>Default 20 minutes; 1 ms to 1 day.</value>
    public TimeSpan JoinTimeout { get; set; } = TimeSpan.FromMinutes(20);

    /// <summary>How many joiner calls one bot gets when its joiner asks for a retry.</summary>
    /// <value>Default 3; 1 or more.</value>
    public int MaxJoinAttempts { get; set; } = 3;

    /// <summary>How many calls of the allocator, and as many of the joiner, may block their thread before other bots are late for it.</summary>
    /// <value>Default 32; 0 to 1,000.</value>
    public int MaxBlockedCalls { get; set; } = 32;

    /// <summary>How many bots within the horizon this engine takes.</summary>
    /// <value>Default unlimited (<see cref="int.MaxValue"/>); 1 or more.</value>
    public int MaxOwnedBots { get; set; } = int.MaxValue;

    /// <summary>The shortest lead time accepted; a shorter one is refused.</summary>
    /// <value>Default zero: every instant in the future is accepted; 0 to 1 day.</value>
    public TimeSpan MinimumLeadTime { get; set; }

    /// <summary>
    /// How long settled bots are kept as the audit trail. As long as a bot is kept, a repeated request is recognised, and an engine
    /// that was cut off learns what became of its bots: longer than any outage, therefore.
    /// </summary>
    /// <value>Default 7 days; 0 to 10 years.</value>
    public TimeSpan Retention { get; set; } = TimeSpan.FromDays(7);

    /// <summary>How often settled bots past their retention are deleted.</summary>
    /// <value>Default 10 minutes; 1 second to 1 day.</value>
    public TimeSpan PruneInterval { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>How often unowned bots are looked for, on a store that other processes write to.</summary>
    /// <value>Default 1 second; 10 ms to 1 minute.</value>
    public TimeSpan ClaimInterval { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>What this engine is called on pages and in logs where several share a store; never used for a decision.</summary>
    /// <value>Default empty, only its id is shown; at most 128 characters.</value>
    public string NodeName { get; set; } = "";

    /// <summary>How often an engine shows the others that it lives, on a store that they share.</summary>
    /// <value>Default 1 second; 10 ms to 1 minute.</value>
    public TimeSpan BeatInterval { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>
    /// How long an engine may be silent before the others declare it dead and adopt its bots. It stops trusting itself one
    /// beat interval earlier. From <see cref="StoreTimeout"/> and four beat intervals on, not even a database that hangs gets an
    /// engine declared dead that is well; with less it may be, and its bots are adopted; the log warns of it at the start.
    /// </summary>
    /// <value>Default 6 seconds; at least three times <see cref="BeatInterval"/> and more than <see cref="StoreTimeout"/> beyond one, at most 10 minutes.</value>
    public TimeSpan NodeTimeToLive { get; set; } = TimeSpan.FromSeconds(6);

    /// <summary>
    /// How long after its start window a bot of a lost engine is left alone where that engine may have started it, so that a
    /// result which is only late still counts. Zero where the joiner is registered as idempotent.
    /// </summary>
    /// <value>Default 15 seconds; 0 to 10 minutes.</value>
    public TimeSpan AmbiguityHold { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>What becomes of a bot that a lost engine may have started.</summary>
    /// <value>Default <see cref="AmbiguityPolicy.Rejoin"/>: a missed meeting cannot be repaired, a second participant can.</value>
    public AmbiguityPolicy AmbiguityPolicy { get; set; } = AmbiguityPolicy.Rejoin;

    /// <summary>
    /// How many engines may die inside the host's code for one bot before it fails as poisoned. From one less on, nothing
    /// is begun beside it that could die with it.
    /// </summary>
    /// <value>Default 3; 2 to 100.</value>
    public int PoisonLimit { get; set; } = 3;

    /// <summary>How often an engine holds what it plans to what the store says it owns, on a store that engines share.</summary>
    /// <value>Default 5 seconds; 100 ms to 10 minutes.</value>
    public TimeSpan ReconcileInterval { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How long one call of a store that engines share may take before its outcome counts as unknown.</summary>
    /// <value>Default 2 seconds; 10 ms to 1 minute, and short enough for <see cref="NodeTimeToLive"/>.</value>
    public TimeSpan StoreTimeout { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>How far the wall clock may step before it is not believed at once.</summary>
    /// <value>Default 250 ms; 1 ms to 1 minute.</value>
    public TimeSpan MaxClockSkew { get; set; } = TimeSpan.FromMilliseconds(250);

    /// <summary>
    /// Whether the youngest garbage is collected shortly before a thousand bots or more join at one instant, while no other bot is
    /// due. The whole process stops for it, some milliseconds; without it, it may stop among the starts.
    /// </summary>
    /// <value>Default true.</value>
    public bool CollectBeforeHerds { get; set; } = true;

    /// <summary>The longest busy wait that closes the gap between waking and the instant.</summary>
    /// <value>Default 200 microseconds; 0 (never spin) to 5 ms.</value>
    public TimeSpan MaxSpin { get; set; } = TimeSpan.FromMicroseconds(200);

    /// <summary>Whether the joiner was registered as idempotent: a second call does no harm, so nothing is held back for it.</summary>
    internal bool JoinerIsIdempotent { get; set; }

    /// <summary>How far ahead bots are held in memory: the staging lead, the spread, and ten seconds.</summary>
    internal TimeSpan Horizon => StagingLead + StagingSpread + TimeSpan.FromSeconds(10);
}
