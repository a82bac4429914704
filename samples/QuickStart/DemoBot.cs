using ScheduledBots.Lifecycle;

namespace QuickStart;

/// <summary>One row of the table.</summary>
internal sealed record DemoBot(Meeting Meeting, BotId Id, DateTimeOffset JoinAt, BotStatus Status, TimeSpan? Lateness)
{
    public bool IsSettled => Status >= BotStatus.Joined;

    public override string ToString() => $"{Status,-9} {JoinAt:HH:mm:ss.fff}  {Meeting.Title} ({Meeting.Link.Host})";
}
