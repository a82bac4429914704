using ScheduledBots.Peers.Entrants;

namespace ScheduledBots.Peers.Running;

/// <summary>What a pending job takes of the managed heap, with all that the peer keeps of it.</summary>
internal static class HeapRun
{
    private const int Piece = 5_000;

    public static async Task<Findings> RunAsync(IPeer peer, int count)
    {
        await ScheduleAsync(peer, Piece);
        long before = GC.GetTotalMemory(forceFullCollection: true);
        for (int done = 0; done < count; done += Piece)
        {
            await ScheduleAsync(peer, Piece);
        }

        long bytes = GC.GetTotalMemory(forceFullCollection: true) - before;
        GC.KeepAlive(peer);
        return new Findings { BytesPerJob = bytes / (double)count };
    }

    private static Task ScheduleAsync(IPeer peer, int count) =>
        peer.ScheduleManyAsync([.. Enumerable.Range(0, count).Select(_ => new Job(-1, DateTimeOffset.UtcNow.AddDays(1 + Random.Shared.NextDouble())))]);
}
