using ScheduledBots.Lifecycle;

namespace ScheduledBots.Benchmarks.Store;

/// <summary>Bots as hosts have them: a meeting link, a name, some metadata, a deduplication key.</summary>
internal static class BenchBots
{
    private static int _count;

    /// <summary>An instant of the coming month, not of today: nothing is claimed meanwhile.</summary>
    public static DateTimeOffset JoinAt() => TimeProvider.System.GetUtcNow().AddDays(1 + (Random.Shared.NextDouble() * 30));

    public static BotRequest NewRequest(DateTimeOffset joinAt)
    {
        int number = Interlocked.Increment(ref _count);
        return new BotRequest
        {
            MeetingUrl = new Uri($"https://meet.example.com/rooms/{number:x8}?pwd=0123456789abcdef"),
            Name = $"Weekly review {number}",
            Metadata = $$"""{"calendar":"primary","event":"event-{{number}}","language":"en"}""",
            DeduplicationKey = $"event-{number}@calendar.example.com",
            JoinAt = joinAt,
        };
    }

    public static BotSnapshot New(DateTimeOffset joinAt)
    {
        BotRequest request = NewRequest(joinAt);
        return new BotSnapshot
        {
            Id = BotId.New(TimeProvider.System.GetUtcNow()),
            DeduplicationKey = request.DeduplicationKey,
            RequestHash = RequestHash.FromBytes(new byte[32]),
            CreatedAt = TimeProvider.System.GetUtcNow(),
            MeetingUrl = request.MeetingUrl.AbsoluteUri,
            Name = request.Name,
            Metadata = request.Metadata,
            JoinAt = joinAt,
        };
    }
}
