using ScheduledBots.Lifecycle;

namespace QuickStart;

/// <summary>One row of the table.</summary>
internal sealed record DemoBot(Meeting Meeting, BotId Id, DateTimeOffset JoinAt, BotStatus Status);
