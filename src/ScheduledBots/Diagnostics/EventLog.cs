using Microsoft.Extensions.Logging;
using ScheduledBots.Extensibility;
using ScheduledBots.Lifecycle;

namespace ScheduledBots.Diagnostics;

/// <summary>The log lines of events: failures are errors, everything else is for those who look closely.</summary>
internal static partial class EventLog
{
    public static void Write(ILogger log, BotEvent botEvent)
    {
        switch (botEvent.Kind)
        {
            case BotEventKind.Failed when botEvent.Reason == FailureReason.Aborted: Aborted(log, botEvent.Id); break;
            case BotEventKind.Failed: Failed(log, botEvent.Id, botEvent.Reason, botEvent.Attempt); break;
            case BotEventKind.DuplicateJoinSuspected: DuplicateJoinSuspected(log, botEvent.Id, botEvent.Attempt, botEvent.Fence.Value); break;
            case BotEventKind.Scheduled: Scheduled(log, botEvent.Id, botEvent.JoinAt); break;
            case BotEventKind.Rescheduled: Rescheduled(log, botEvent.Id, botEvent.JoinAt); break;
            case BotEventKind.Updated: Updated(log, botEvent.Id); break;
            case BotEventKind.Cancelled: Cancelled(log, botEvent.Id); break;
            case BotEventKind.Erased: Erased(log, botEvent.Id); break;
            case BotEventKind.Claimed: Claimed(log, botEvent.Id, botEvent.Node, botEvent.Fence.Value); break;
            case BotEventKind.Adopted: Adopted(log, botEvent.Id, botEvent.Node, botEvent.To, botEvent.Fence.Value); break;
            case BotEventKind.StagingStarted: StagingStarted(log, botEvent.Id, botEvent.Fence.Value); break;
            case BotEventKind.Attached: Attached(log, botEvent.Id, botEvent.Fence.Value); break;
            case BotEventKind.Staged: Staged(log, botEvent.Id, botEvent.Fence.Value, botEvent.JoinAt); break;
            case BotEventKind.Armed: Armed(log, botEvent.Id, botEvent.Attempt, botEvent.JoinAt); break;
            case BotEventKind.Disarmed: Disarmed(log, botEvent.Id, botEvent.Attempt); break;
            case BotEventKind.ResourcesLost: ResourcesLost(log, botEvent.Id); break;
            case BotEventKind.HandedBack: HandedBack(log, botEvent.Id); break;
            case BotEventKind.JoinStarted: JoinStarted(log, botEvent.Id, botEvent.Attempt, botEvent.Lateness); break;
            case BotEventKind.JoinRetried: JoinRetried(log, botEvent.Id, botEvent.Attempt); break;
            case BotEventKind.Joined: Joined(log, botEvent.Id, botEvent.Attempt, botEvent.Lateness); break;
            default: break; // a retried staging has its line, with the delay, in its step
        }
    }

    [LoggerMessage(32, LogLevel.Error, "Bot {Bot} failed: {Reason}, at attempt {Attempt}; it is settled, what it held is released, and it is kept until its retention ends")]
    private static partial void Failed(ILogger log, BotId bot, FailureReason? reason, int attempt);

    [LoggerMessage(33, LogLevel.Error, "Attempt {Attempt} of bot {Bot} under fence {Fence} is in the meeting, but the bot was taken over meanwhile; nothing is undone, look whether it is there twice")]
    private static partial void DuplicateJoinSuspected(ILogger log, BotId bot, int attempt, long fence);

    [LoggerMessage(40, LogLevel.Debug, "Bot {Bot} is scheduled for {JoinAt:O}; it is staged ahead of that")]
    private static partial void Scheduled(ILogger log, BotId bot, DateTimeOffset joinAt);

    [LoggerMessage(41, LogLevel.Debug, "Bot {Bot} is rescheduled to {JoinAt:O}; it cannot join at the old instant any more")]
    private static partial void Rescheduled(ILogger log, BotId bot, DateTimeOffset joinAt);

    [LoggerMessage(42, LogLevel.Debug, "Bot {Bot} is updated; it joins as it is now")]
    private static partial void Updated(ILogger log, BotId bot);

    [LoggerMessage(43, LogLevel.Debug, "Bot {Bot} is cancelled; it will not join")]
    private static partial void Cancelled(ILogger log, BotId bot);

    [LoggerMessage(44, LogLevel.Information, "Bot {Bot} is aborted; it will not join, and its allocation is released by its owner")]
    private static partial void Aborted(ILogger log, BotId bot);

    [LoggerMessage(45, LogLevel.Debug, "Bot {Bot} is erased with its history; nothing of it is kept")]
    private static partial void Erased(ILogger log, BotId bot);

    [LoggerMessage(50, LogLevel.Debug, "Bot {Bot} is claimed by {Node} under fence {Fence}; it is staged when its staging lead begins")]
    private static partial void Claimed(ILogger log, BotId bot, NodeId? node, long fence);

    [LoggerMessage(51, LogLevel.Debug, "Bot {Bot} is staged under fence {Fence}; it waits to be armed shortly before {JoinAt:O}")]
    private static partial void Staged(ILogger log, BotId bot, long fence, DateTimeOffset joinAt);

    [LoggerMessage(52, LogLevel.Debug, "Bot {Bot} is armed for attempt {Attempt}; it joins at {JoinAt:O} and can no longer be stopped")]
    private static partial void Armed(ILogger log, BotId bot, int attempt, DateTimeOffset joinAt);

    [LoggerMessage(53, LogLevel.Debug, "Attempt {Attempt} of bot {Bot} is taken back before its joiner was called; it is armed again when it can start")]
    private static partial void Disarmed(ILogger log, BotId bot, int attempt);

    [LoggerMessage(54, LogLevel.Debug, "Bot {Bot} has no resources any more; it is staged again by whoever claims it")]
    private static partial void ResourcesLost(ILogger log, BotId bot);

    [LoggerMessage(55, LogLevel.Debug, "Bot {Bot} is handed back; any node can claim it")]
    private static partial void HandedBack(ILogger log, BotId bot);

    [LoggerMessage(56, LogLevel.Debug, "The joiner of bot {Bot} was called for attempt {Attempt}, {Lateness} after its instant; its result is written when it returns")]
    private static partial void JoinStarted(ILogger log, BotId bot, int attempt, TimeSpan? lateness);

    [LoggerMessage(57, LogLevel.Debug, "The joiner of bot {Bot} asked for another attempt after attempt {Attempt}; it is armed again with the same allocation")]
    private static partial void JoinRetried(ILogger log, BotId bot, int attempt);

    [LoggerMessage(58, LogLevel.Debug, "Bot {Bot} joined at attempt {Attempt}, {Lateness} after its instant; its allocation is the host's now")]
    private static partial void Joined(ILogger log, BotId bot, int attempt, TimeSpan? lateness);

    [LoggerMessage(59, LogLevel.Information, "Bot {Bot}, {Status}, is adopted by {Node} under fence {Fence}; what its lost owner held is attached or staged again")]
    private static partial void Adopted(ILogger log, BotId bot, NodeId? node, BotStatus status, long fence);

    [LoggerMessage(62, LogLevel.Debug, "Bot {Bot} is about to be allocated under fence {Fence}; it is staged when the allocator returns")]
    private static partial void StagingStarted(ILogger log, BotId bot, long fence);

    [LoggerMessage(63, LogLevel.Debug, "The allocation of bot {Bot} is attached under fence {Fence}; it waits to be armed")]
    private static partial void Attached(ILogger log, BotId bot, long fence);
}
