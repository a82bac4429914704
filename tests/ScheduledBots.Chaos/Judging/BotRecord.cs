using ScheduledBots.Lifecycle;

namespace ScheduledBots.Chaos.Judging;

/// <summary>What the table says of a bot in the end.</summary>
internal sealed record BotRecord(Guid Id, BotStatus Status, DateTimeOffset JoinAt, int Attempt, FailureReason? Failure)
{
    public bool IsSettled => Status >= BotStatus.Joined;
}
