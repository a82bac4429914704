using System.Diagnostics;
using ScheduledBots.Configuration;
using ScheduledBots.Lifecycle;
using ScheduledBots.Timing;

namespace ScheduledBots.Planning;

/// <summary>
/// Plans every bot this engine owns: signals in, commands out. It owns the timing wheel and knows no store, no host
/// code and no clock; the instant arrives with each call.
/// </summary>
/// <remarks>
/// <para>Every bot has one phase and one deadline. A signal moves it to the next phase; so does its deadline:</para>
/// <code>
/// phase              deadline                     when it passes
/// AwaitingStaging    JoinAt - lead - own spread   queue for an allocation
/// Restaging          none                         a write is under way and ends with a signal
/// QueuedForStaging   JoinAt + grace               fail: missed
/// Staging            the allocation time-out      give the allocation up (it ends with a signal)
/// AwaitingArming     JoinAt - arm lead            ask for the arming statement
/// Arming             JoinAt + grace               fail: missed
/// AwaitingJoin       JoinAt                       join, or queue for a join
/// QueuedForJoin      JoinAt + grace               fail: missed
/// Disarming          none                         a write is under way; then it queues unarmed
/// Rearming           none                         a write is under way, with a slot held; then it joins
/// Joining            the join time-out            give the join up (it ends with a signal)
/// Closing            none                         a write is under way and ends with a signal
/// </code>
/// <para>Not thread-safe: only the scheduler loop touches it.</para>
/// </remarks>
internal sealed partial class Agenda
{
    /// <summary>The most bots one claim takes; a full claim is followed by another at once, so a smaller one is only shorter.</summary>
    public const int MaxClaimedAtOnce = 250;

    /// <summary>How many commands are decided before they are handed over.</summary>
    public const int MaxCommandsHeld = 64;

    /// <summary>When the next arming statement follows one that left bots unarmed.</summary>
    public static readonly TimeSpan ArmInterval = TimeSpan.FromMilliseconds(250);

    private readonly ScheduledBotsOptions _options;
    private readonly MisfirePolicy _misfire;
    private readonly Timetable _timetable;
    private readonly FairSlotQueue _allocations;
    private readonly SlotQueue _joins;
    private readonly List<Command> _commands;
    private readonly RecurringRequest _claim = new();
    private readonly RecurringRequest _arm = new();
    private DateTimeOffset _now;
    private DateTimeOffset _pruneAt;
    private readonly bool _isShared;
    private bool _draining;

    /// <summary>How many bots are being closed, also those that were dropped meanwhile: what they hold is released with the answer.</summary>
    private int _closingCount;

    /// <param name="options">Leads, limits and time-outs.</param>
    /// <param name="isShared">Whether other engines use the store.</param>
    /// <param name="now">The first instant.</param>
    /// <param name="commands">Receives the commands; the caller runs and clears them.</param>
    public Agenda(ScheduledBotsOptions options, bool isShared, DateTimeOffset now, List<Command> commands)
    {
        _options = options;
        _misfire = new MisfirePolicy(options.MisfireGrace);
        _timetable = new Timetable(now);
        _allocations = new FairSlotQueue(PlannedPhase.QueuedForStaging, options.MaxConcurrentAllocations);
        _joins = new SlotQueue(PlannedPhase.QueuedForJoin, options.MaxConcurrentJoins);
        _commands = commands;
        _now = now;
        _pruneAt = now + options.PruneInterval;
        _claim.RequestAt(now);
        _isShared = isShared;
        if (!isShared)
        {
            // Whoever worked on this store before has ended; elsewhere the beats tell.
            _adopt.RequestAt(now);
        }
    }

    /// <summary>How many bots are on the agenda.</summary>
    public int Count => _timetable.Count;

    /// <summary>Whether a drain was requested and nothing is left to wait for.</summary>
    public bool IsDrained => _draining && _timetable.Count == 0 && _closingCount == 0 && !_claim.IsUnderway && !_adopt.IsUnderway && IsQuiet;

    /// <summary>The next instant at which <see cref="Advance"/> has something to do, or null while only signals can bring work.</summary>
    public DateTimeOffset? NextDeadline
    {
        get
        {
            DateTimeOffset next = _timetable.NextDeadline;
            next = CanArm ? Earlier(next, _arm.DueAt) : next;
            next = _draining ? next : Earlier(next, _pruneAt);
            next = CanClaim ? Earlier(Earlier(next, _claim.DueAt), _adopt.DueAt) : next;
            next = CanReconcile ? Earlier(next, _reconcile.DueAt) : next;
            return next == DateTimeOffset.MaxValue ? null : next;
        }
    }

    /// <summary>A request may outlive the bots it was made for; there is nothing to arm then.</summary>
    private bool CanArm => _timetable.ArmingCount > 0;

    private bool CanClaim => !_draining && _timetable.Count < _options.MaxOwnedBots;

    /// <summary>Takes in one signal.</summary>
    public void Handle(Signal signal, DateTimeOffset now)
    {
        MoveTo(now);
        switch (signal)
        {
            case Signal.Nudged nudged: _claim.RequestAt(nudged.JoinAt - _options.Horizon); break;
            case Signal.Changed changed: OnChanged(changed); break;
            case Signal.Loaded loaded: OnLoaded(loaded); break;
            case Signal.ClaimFailed: OnClaimFailed(); break;
            case Signal.Beaten: OnBeaten(); break;
            case Signal.Adopted adopted: OnAdopted(adopted); break;
            case Signal.AdoptionFailed: OnAdoptionFailed(); break;
            case Signal.Marked marked: OnMarked(marked); break;
            case Signal.Reconciled reconciled: OnReconciled(reconciled); break;
            case Signal.ReadBack readBack: OnReadBack(readBack); break;
            case Signal.ReconcileFailed: OnReconcileFailed(); break;
            case Signal.NodeLost lost: OnNodeLost(lost); break;
            case Signal.Restaged restaged: OnRestaged(restaged); break;
            case Signal.Disarmed disarmed: OnDisarmed(disarmed); break;
            case Signal.Rearmed rearmed: OnRearmed(rearmed); break;
            case Signal.StagingEnded ended: OnStagingEnded(ended); break;
            case Signal.Armed armed: OnArmed(armed); break;
            case Signal.ArmingFailed: OnArmingFailed(); break;
            case Signal.JoinRefused refused: OnJoinRefused(refused); break;
            case Signal.JoinEnded ended: OnJoinEnded(ended); break;
            case Signal.Closed closed: OnClosed(closed); break;
            case Signal.DrainRequested: OnDrainRequested(); break;
            default: throw new UnreachableException($"{signal.GetType().Name} is not a signal of the agenda");
        }
    }

    /// <summary>Lets time pass: everything whose deadline is reached moves on, and free slots are filled.</summary>
    /// <param name="now">The instant.</param>
    /// <param name="handOver">
    /// Runs and clears the commands there are; called now and then while many bots are due, so that the first of a herd
    /// start while the last are still being decided. Null where the caller runs all of them afterwards.
    /// </param>
    public void Advance(DateTimeOffset now, Action? handOver = null)
    {
        MoveTo(now);
        ForgetRemoved();
        IReadOnlyList<PlannedBot> expired = _timetable.Expire(_now);
        foreach (PlannedBot planned in expired)
        {
            planned.DueAt = DateTimeOffset.MaxValue;
            OnDeadline(planned);
            if (_commands.Count >= MaxCommandsHeld)
            {
                handOver?.Invoke();
            }
        }

        FillJoinSlots();
        DisarmQueued(expired);
        FillStagingSlots();
        RequestArming();
        RequestClaim();
        RequestAdoption();
        RequestReconciliation();
        RequestPruning();
    }

    private void OnDeadline(PlannedBot planned)
    {
        switch (planned.Phase)
        {
            case PlannedPhase.AwaitingStaging:
                QueueForStaging(planned);
                break;
            case PlannedPhase.AwaitingArming:
                AwaitArming(planned);
                break;
            case PlannedPhase.AwaitingJoin:
                JoinOrQueue(planned);
                break;
            case PlannedPhase.Staging:
                _commands.Add(new Command.GiveUpStaging(planned.Bot.Id, planned.Bot.Fence));
                break;
            case PlannedPhase.Joining:
                _commands.Add(new Command.GiveUpJoin(planned.Bot.Id, planned.Bot.Fence));
                break;
            case PlannedPhase.QueuedForStaging or PlannedPhase.Arming or PlannedPhase.QueuedForJoin:
                Miss(planned);
                break;
            default:
                // A write is under way, or the bot is gone; there is no deadline, and one that was set before they began is cancelled with them.
                break;
        }
    }

    private void RequestArming()
    {
        if (CanArm && _arm.TryStart(_now))
        {
            _commands.Add(new Command.Arm(JustAfter(_now + _options.ArmLead)));
        }
    }

    private void RequestClaim()
    {
        if (CanClaim && _claim.TryStart(_now))
        {
            int limit = Math.Min(MaxClaimedAtOnce, _options.MaxOwnedBots - _timetable.Count);
            _commands.Add(new Command.Claim(JustAfter(_now + _options.Horizon), limit));
        }
    }

    private void RequestPruning()
    {
        if (!_draining && _pruneAt <= _now)
        {
            _pruneAt = _now + _options.PruneInterval;
            _commands.Add(new Command.Prune());
        }
    }

    private void Miss(PlannedBot planned) => Close(planned, new Command.Fail(planned.Bot, planned.Bot.Missed()));

    private void Fail(PlannedBot planned, FailureReason reason) =>
        Close(planned, new Command.Fail(planned.Bot, new Failure(reason, planned.Bot.LastFailure?.Detail)));

    private void HandBack(PlannedBot planned) => Close(planned, new Command.HandBack(planned.Bot));

    private void Close(PlannedBot planned, Command command)
    {
        _closingCount++;
        _timetable.AwaitWrite(planned, PlannedPhase.Closing);
        _commands.Add(command);
    }

    private bool IsMissed(PlannedBot planned) => _misfire.Judge(planned.Bot.JoinAt, _now) == MisfireVerdict.Missed;

    /// <summary>The first instant at which the bot is missed.</summary>
    private DateTimeOffset AfterGrace(Bot bot) => JustAfter(_misfire.LastStart(bot.JoinAt));

    private static DateTimeOffset JustAfter(DateTimeOffset at) =>
        DateTimeOffset.MaxValue - at < TimeSpan.FromMicroseconds(1) ? at : at + TimeSpan.FromMicroseconds(1);

    private void MoveTo(DateTimeOffset now)
    {
        if (now < _now)
        {
            // The clock went back: what was reached is ahead again, and nothing that recurs waits for the old time.
            _timetable.Rewind(now);
            _claim.RequestAt(now);
            _suspectAt = Earlier(_suspectAt, now);
            _pruneAt = Earlier(_pruneAt, now + _options.PruneInterval);
            if (_timetable.ArmingCount > 0)
            {
                _arm.RequestAt(now);
            }
        }

        _now = now;
    }

    private static DateTimeOffset Earlier(DateTimeOffset left, DateTimeOffset right) => left < right ? left : right;
}
