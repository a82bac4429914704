using Microsoft.Extensions.Logging;
using ScheduledBots.Extensibility;
using ScheduledBots.Lifecycle;

namespace ScheduledBots.Diagnostics;

/// <summary>Every log line of the engine. Ids are stable; lines carry ids and reasons, never URLs, metadata, resources or the host's words.</summary>
internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Information, "Engine {Node} started on {Store} storage, waking by {Waker}; it stages {StagingLead} ahead")]
    public static partial void Started(ILogger log, NodeId node, string store, string waker, TimeSpan stagingLead);

    [LoggerMessage(2, LogLevel.Information, "Engine {Node} stopped; what is still planned stays in the store for the next engine")]
    public static partial void Stopped(ILogger log, NodeId node);

    [LoggerMessage(3, LogLevel.Warning, "The drain was cut short; running host calls are cancelled and left behind, and their bots stay in the store as they are")]
    public static partial void DrainCutShort(ILogger log);

    [LoggerMessage(4, LogLevel.Warning, "Storage does not outlive this process: bots that have not joined yet die with it; use a durable storage where that matters")]
    public static partial void NotDurable(ILogger log);

    [LoggerMessage(5, LogLevel.Critical, "A turn of the scheduler loop failed; the loop goes on, please report this")]
    public static partial void TurnFailed(ILogger log, Exception error);

    [LoggerMessage(6, LogLevel.Information, "Engine {Node} drains with {Count} bots: those due within {ArmLead} join here, running joins are waited for, the rest goes back to the store")]
    public static partial void Draining(ILogger log, NodeId node, int count, TimeSpan armLead);

    [LoggerMessage(7, LogLevel.Warning, "The wall clock stepped by {Step}; it is not believed for {StandingTime}: bots join by the time carried forward, moved by the allowed skew at most")]
    public static partial void ClockStepped(ILogger log, TimeSpan step, TimeSpan standingTime);

    [LoggerMessage(8, LogLevel.Information, "The wall clock is believed again: it stood, or was set back; bots join by it")]
    public static partial void ClockFollowed(ILogger log);

    [LoggerMessage(9, LogLevel.Warning, "NodeTimeToLive is {TimeToLive}, less than StoreTimeout and four beat intervals: an engine that is well may be declared dead while its store hangs, and its bots are adopted; make it {Enough} or more")]
    public static partial void TimeToLiveShort(ILogger log, TimeSpan timeToLive, TimeSpan enough);

    [LoggerMessage(10, LogLevel.Error, "Claiming due bots failed; it is tried again after the claim interval")]
    public static partial void ClaimFailed(ILogger log, Exception error);

    [LoggerMessage(11, LogLevel.Error, "Arming failed; it is tried again at once, and bots that are not armed at JoinAt join late")]
    public static partial void ArmingFailed(ILogger log, Exception error);

    [LoggerMessage(12, LogLevel.Error, "Writing {Count} transitions failed; they are kept and written again, guarded, after {Delay}")]
    public static partial void CommitFailed(ILogger log, Exception error, int count, TimeSpan delay);

    [LoggerMessage(14, LogLevel.Error, "Pruning failed; it is tried again after {Interval}")]
    public static partial void PruneFailed(ILogger log, Exception error, TimeSpan interval);

    [LoggerMessage(15, LogLevel.Error, "The {Store} storage cannot be reached at the start; it is tried again every {Delay}, and nothing is staged or joined here until it answers")]
    public static partial void StoreAwaited(ILogger log, Exception error, string store, TimeSpan delay);

    [LoggerMessage(16, LogLevel.Critical, "The engine waited for its store and could not start then; nothing is staged or joined here, mend what the error says and start the process again")]
    public static partial void StartFailed(ILogger log, Exception error);

    [LoggerMessage(20, LogLevel.Warning, "Staging bot {Bot} failed at try {Try}; it is tried again after {Delay} unless its grace ends first")]
    public static partial void StagingRetried(ILogger log, BotId bot, int @try, TimeSpan delay);

    [LoggerMessage(21, LogLevel.Information, "Bot {Bot} was changed while it was staged under fence {Fence}; the allocation is released")]
    public static partial void StagingFenced(ILogger log, BotId bot, long fence);

    [LoggerMessage(22, LogLevel.Warning, "The allocator delivered for bot {Bot} under fence {Fence} after it was given up; the allocation is released")]
    public static partial void LateAllocation(ILogger log, BotId bot, long fence);

    [LoggerMessage(23, LogLevel.Error, "Releasing the allocation of bot {Bot} under fence {Fence} failed with {Error}; it is not tried again, look for a leak")]
    public static partial void ReleaseFailed(ILogger log, BotId bot, long fence, string error);

    [LoggerMessage(30, LogLevel.Warning, "The joiner of bot {Bot} returned {Outcome} for attempt {Attempt} after it was given up; the bot stays as it settled")]
    public static partial void LateJoinResult(ILogger log, BotId bot, int attempt, JoinOutcome outcome);

    [LoggerMessage(31, LogLevel.Warning, "Attempt {Attempt} of bot {Bot} ended as {Status}, but the bot was taken over meanwhile; its owner decides what becomes of it, and a duplicate join is possible")]
    public static partial void JoinFenced(ILogger log, BotId bot, int attempt, BotStatus status);

    [LoggerMessage(60, LogLevel.Warning, "All {Count} threads of {Workers} are blocked by the host's code; other bots wait for one to return, raise MaxBlockedCalls or do not block")]
    public static partial void WorkersSaturated(ILogger log, string workers, int count);

    [LoggerMessage(61, LogLevel.Information, "The threads of {Workers} are free again; what waited runs now")]
    public static partial void WorkersFree(ILogger log, string workers);

    [LoggerMessage(70, LogLevel.Warning, "Observer {Observer} is {Count} events behind; the oldest are dropped until it catches up")]
    public static partial void ObserverBehind(ILogger log, string observer, int count);

    [LoggerMessage(71, LogLevel.Warning, "Observer {Observer} caught up; {Count} events were dropped, read the bots' history where they matter")]
    public static partial void ObserverCaughtUp(ILogger log, string observer, long count);

    [LoggerMessage(72, LogLevel.Warning, "Observer {Observer} failed with {Error} at {Kind} of bot {Bot}; the next events are delivered all the same, further failures are only counted until one succeeds")]
    public static partial void ObserverFailed(ILogger log, string observer, string error, BotEventKind kind, BotId bot);

    [LoggerMessage(73, LogLevel.Warning, "Observer {Observer} did not return in time at the end; {Count} events are not delivered")]
    public static partial void ObserverLeft(ILogger log, string observer, int count);

    [LoggerMessage(80, LogLevel.Warning, "The start window of bot {Bot} closed before attempt {Attempt} began; it is armed again")]
    public static partial void WindowClosed(ILogger log, BotId bot, int attempt);

    [LoggerMessage(81, LogLevel.Error, "A beat failed; the next one follows within {Interval}, and without one this engine soon stops claiming and arming")]
    public static partial void BeatFailed(ILogger log, Exception error, TimeSpan interval);

    [LoggerMessage(82, LogLevel.Error, "Engine {Node} withholds its beat, because its loop, its arming or its writing makes no progress; other engines adopt its bots if that lasts")]
    public static partial void BeatWithheld(ILogger log, NodeId node);

    [LoggerMessage(83, LogLevel.Warning, "Engine {Node} ({Name}) was silent for {TimeToLive} and is declared dead; its bots are adopted")]
    public static partial void DeclaredDead(ILogger log, NodeId node, string name, TimeSpan timeToLive);

    [LoggerMessage(84, LogLevel.Error, "Engine {Node} was declared dead by another one; it starts none of its bots any more and goes on as {Next}")]
    public static partial void WasDeclaredDead(ILogger log, NodeId node, NodeId next);

    [LoggerMessage(85, LogLevel.Warning, "Leaving failed; other engines wait for the silence before they adopt what is left here")]
    public static partial void LeavingFailed(ILogger log, Exception error);

    [LoggerMessage(87, LogLevel.Error, "Adopting bots failed; it is tried again with the next beat")]
    public static partial void AdoptionFailed(ILogger log, Exception error);

    [LoggerMessage(88, LogLevel.Warning, "The resources of bot {Bot} under fence {Fence} died with its engine; it is {Status} and staged again")]
    public static partial void ResourcesLost(ILogger log, BotId bot, long fence, BotStatus status);

    [LoggerMessage(89, LogLevel.Error, "Reading the own rows failed; it is tried again")]
    public static partial void ReconcileFailed(ILogger log, Exception error);
}
