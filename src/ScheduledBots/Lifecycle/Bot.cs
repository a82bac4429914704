namespace ScheduledBots.Lifecycle;

/// <summary>
/// One planned attendance of one meeting, in one of its six states: <see cref="ScheduledBot"/>, <see cref="StagedBot"/>,
/// <see cref="JoiningBot"/>, <see cref="JoinedBot"/>, <see cref="FailedBot"/>, <see cref="CancelledBot"/>. The set is closed.
/// </summary>
/// <remarks>
/// <para>Immutable and thread-safe. Every instant is UTC in whole microseconds. <see cref="ToString"/> carries the id and the
/// status only, never a URL.</para>
/// <para>A bot is a value, the bot as it was when it was read, and no handle: <see cref="IBotScheduler.FindAsync"/> reads it again.
/// A state's methods are its legal transitions (an illegal one does not compile); they return the bot as it would be and change
/// nothing that is stored. To change a bot, call <see cref="IBotScheduler"/>; the methods are for the engine and for stores. What
/// they demand of their arguments is asserted in debug builds, not checked.</para>
/// </remarks>
public abstract record Bot
{
    private readonly PackedInstant _joinAt;
    private readonly PackedInstant _createdAt;
    private readonly PackedInstant _notBefore;

    /// <summary>The state as a value.</summary>
    public abstract BotStatus Status { get; }

    /// <summary>Identifies the bot.</summary>
    public BotId Id { get; internal init; }

    /// <summary>The tenant it belongs to; empty where the host has none.</summary>
    public string Tenant { get; internal init; } = "";

    /// <summary>The key under which a repeated request finds this bot while it is not settled, or null.</summary>
    public string? DeduplicationKey { get; internal init; }

    /// <summary>A hash of the original request; empty where it had neither key nor id.</summary>
    public RequestHash RequestHash { get; internal init; }

    /// <summary>The meeting: an absolute http or https URL, escaped as in <see cref="Uri.AbsoluteUri"/>; treated as a secret.</summary>
    public string MeetingUrl { get; internal init; } = "";

    /// <summary>The name the bot shows in the meeting.</summary>
    public string Name { get; internal init; } = "";

    /// <summary>Text the host keeps with the bot, or null; never looked at, treated as a secret.</summary>
    public string? Metadata { get; internal init; }

    /// <summary>The due instant.</summary>
    public DateTimeOffset JoinAt { get => _joinAt.Value; internal init => _joinAt = value; }

    /// <summary>When the bot was accepted, on the scheduler's clock.</summary>
    public DateTimeOffset CreatedAt { get => _createdAt.Value; internal init => _createdAt = value; }

    /// <summary>Raised by one in every write of the bot; what <see cref="IBotScheduler.UpdateAsync"/> takes as the expected version.</summary>
    public long Version { get; internal init; }

    /// <summary>The node incarnation that works for the bot, or null.</summary>
    public NodeId? Owner { get; internal init; }

    /// <summary>The fencing token in force.</summary>
    public Fence Fence { get; internal init; }

    /// <summary>How many times the bot was armed; zero before the first.</summary>
    public int Attempt { get; internal init; }

    /// <summary>Whether an earlier attempt may have reached the joiner without its outcome being known.</summary>
    public bool PossiblyStarted { get; internal init; }

    /// <summary>How many owners died inside the host's code for this bot.</summary>
    public int Crashes { get; internal init; }

    /// <summary>
    /// The fence under which the owner last called the allocator, or null. Under the current fence, and with no allocation
    /// of it, the call may be running still; any larger fence has ended it.
    /// </summary>
    public Fence? AllocatingFence { get; internal init; }

    /// <summary>The next try is not made before this instant, or null.</summary>
    public DateTimeOffset? NotBefore { get => _notBefore.OrNull; internal init => _notBefore = value; }

    /// <summary>Why the last try failed, or null.</summary>
    public Failure? LastFailure { get; internal init; }

    /// <summary>The W3C trace context of the request that scheduled the bot, or null.</summary>
    public string? TraceParent { get; internal init; }

    /// <summary>Whether the bot was requested without a <c>JoinAt</c>, to join as soon as it is ready, and was not moved since.</summary>
    public bool IsAdHoc => JoinAt == CreatedAt;

    /// <summary>Whether the state is final.</summary>
    public bool IsSettled => Status >= BotStatus.Joined;

    /// <summary>
    /// The status callers see at an instant: a staged bot that has been armed is joining from <c>JoinAt</c> on, although
    /// the store hears of it only later.
    /// </summary>
    /// <param name="now">The instant, as a rule <see cref="TimeProvider.GetUtcNow"/> of the host's clock.</param>
    /// <returns>The status; once joining it never reads staged again.</returns>
    public BotStatus StatusAt(DateTimeOffset now) =>
        Status == BotStatus.Staged && Attempt > 0 && JoinAt <= now ? BotStatus.Joining : Status;

    /// <summary>Flattens the bot into the one form stores keep.</summary>
    /// <returns>The snapshot; <see cref="FromSnapshot"/> is its inverse.</returns>
    public BotSnapshot ToSnapshot() => new()
    {
        Id = Id,
        Tenant = Tenant,
        DeduplicationKey = DeduplicationKey,
        RequestHash = RequestHash,
        Status = Status,
        MeetingUrl = MeetingUrl,
        Name = Name,
        Metadata = Metadata,
        JoinAt = JoinAt,
        CreatedAt = CreatedAt,
        Version = Version,
        Owner = Owner,
        Fence = Fence,
        Attempt = Attempt,
        PossiblyStarted = PossiblyStarted,
        Crashes = Crashes,
        AllocatingFence = AllocatingFence,
        NotBefore = NotBefore,
        LastFailure = LastFailure,
        TraceParent = TraceParent,
        Resource = ResourceColumn,
        StagedFence = StagedFenceColumn,
        ArmedUntil = ArmedUntilColumn,
        StartedAt = StartedAtColumn,
        SettledAt = SettledAtColumn,
    };

    /// <summary>Rebuilds the bot from the one form stores keep.</summary>
    /// <param name="snapshot">What a store kept.</param>
    /// <returns>The bot in its state.</returns>
    /// <exception cref="ArgumentException">The snapshot holds a combination that no bot can have.</exception>
    public static Bot FromSnapshot(BotSnapshot snapshot)
    {
        ArgumentNullException.ThrowIfNull(snapshot);
        return snapshot.Status switch
        {
            BotStatus.Scheduled => new ScheduledBot(snapshot),
            BotStatus.Staged => new StagedBot(snapshot),
            BotStatus.Joining => new JoiningBot(snapshot),
            BotStatus.Joined => new JoinedBot(snapshot),
            BotStatus.Failed => new FailedBot(snapshot),
            BotStatus.Cancelled => new CancelledBot(snapshot),
            _ => throw new ArgumentException(
                $"Bot {snapshot.Id} has the status {(int)snapshot.Status}; known are 0 to 5. Was it written by a newer version?",
                nameof(snapshot)),
        };
    }

    /// <summary>The id and the status.</summary>
    /// <returns>A text fit for logs.</returns>
    public sealed override string ToString() => $"bot {Id} ({Status}, fence {Fence}, attempt {Attempt})";

    /// <summary>Why the bot fails when it can no longer start in time: missed, unless an earlier attempt may have begun.</summary>
    /// <returns>The failure, with what the last try said.</returns>
    internal Failure Missed() => new(PossiblyStarted ? FailureReason.Unknown : FailureReason.Missed, LastFailure?.Detail);

    private protected Bot(BotSnapshot snapshot)
    {
        Id = snapshot.Id;
        Tenant = snapshot.Tenant;
        DeduplicationKey = snapshot.DeduplicationKey;
        RequestHash = snapshot.RequestHash;
        MeetingUrl = snapshot.MeetingUrl;
        Name = snapshot.Name;
        Metadata = snapshot.Metadata;
        JoinAt = snapshot.JoinAt;
        CreatedAt = snapshot.CreatedAt;
        Version = snapshot.Version;
        Owner = snapshot.Owner;
        Fence = snapshot.Fence;
        Attempt = snapshot.Attempt;
        PossiblyStarted = snapshot.PossiblyStarted;
        Crashes = snapshot.Crashes;
        AllocatingFence = snapshot.AllocatingFence;
        NotBefore = snapshot.NotBefore;
        LastFailure = snapshot.LastFailure;
        TraceParent = snapshot.TraceParent;
    }

    // What only some states have, as their snapshots keep it.
    private protected virtual ResourceHandle? ResourceColumn => null;

    private protected virtual Fence? StagedFenceColumn => null;

    private protected virtual DateTimeOffset? ArmedUntilColumn => null;

    private protected virtual DateTimeOffset? StartedAtColumn => null;

    private protected virtual DateTimeOffset? SettledAtColumn => null;

    private protected static T Required<T>(T? value, BotSnapshot snapshot, string column)
        where T : class =>
        value ?? throw Incomplete(snapshot, column);

    private protected static T Required<T>(T? value, BotSnapshot snapshot, string column)
        where T : struct =>
        value ?? throw Incomplete(snapshot, column);

    private static ArgumentException Incomplete(BotSnapshot snapshot, string column) =>
        new($"Bot {snapshot.Id} is {snapshot.Status} but has no {column}; the row was not written by this library.", nameof(snapshot));
}
