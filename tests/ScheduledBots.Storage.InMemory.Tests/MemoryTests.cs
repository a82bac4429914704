using System.Diagnostics;
using ScheduledBots.Lifecycle;
using Xunit.Abstractions;

namespace ScheduledBots.Storage.InMemory.Tests;

public sealed class MemoryTests(ITestOutputHelper output)
{
    [Fact]
    public async Task A_million_waiting_bots_take_at_most_500_bytes_each()
    {
        const int Count = 1_000_000;
        var start = new DateTimeOffset(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);
        var store = new InMemoryBotStore();
        long before = GC.GetTotalMemory(true);
        var watch = Stopwatch.StartNew();

        for (int i = 0; i < Count; i++)
        {
            BotSnapshot bot = new() { Id = BotId.New(start), CreatedAt = start, MeetingUrl = "u", Name = "n", JoinAt = start.AddSeconds(i) };
            await store.InsertAsync([bot], CancellationToken.None);
        }

        double seconds = watch.Elapsed.TotalSeconds;
        double each = (GC.GetTotalMemory(true) - before) / (double)Count;
        GC.KeepAlive(store);
        output.WriteLine($"{each:F0} bytes per bot, {Count / seconds:F0} inserts per second");
        Assert.InRange(each, 1, 500);
    }
}
