using ScheduledBots.Lifecycle;

namespace ScheduledBots.Tests.Lifecycle;

/// <summary>One ordinary bot of each kind, for the stories.</summary>
internal static class Examples
{
    public static readonly DateTimeOffset Noon = new(2026, 6, 1, 12, 0, 0, TimeSpan.Zero);

    public static BotSnapshot Row(BotStatus status) => new()
    {
        Id = new BotId(new Guid("01890000-0000-7000-8000-000000000001")),
        Status = status,
        MeetingUrl = "https://meet.example.com/" + BotGenerators.Canary,
        Name = "Notes",
        Metadata = BotGenerators.Canary,
        CreatedAt = Noon.AddHours(-1),
        JoinAt = Noon,
        Fence = new Fence(3),
        Owner = new NodeId(new Guid("01890000-0000-7000-8000-0000000000aa")),
        Resource = new ResourceHandle(BotGenerators.Canary, false),
        StagedFence = new Fence(3),
        StartedAt = Noon.AddMilliseconds(1),
        SettledAt = Noon.AddSeconds(2),
        LastFailure = new Failure(FailureReason.JoinFailed, BotGenerators.Canary),
    };

    public static ScheduledBot Scheduled() => (ScheduledBot)Bot.FromSnapshot(Row(BotStatus.Scheduled));

    public static StagedBot Staged() => (StagedBot)Bot.FromSnapshot(Row(BotStatus.Staged));

    public static JoiningBot Joining() => (JoiningBot)Bot.FromSnapshot(Row(BotStatus.Joining));
}
