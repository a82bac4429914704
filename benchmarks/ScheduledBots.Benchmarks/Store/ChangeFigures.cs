using System.Collections.Concurrent;
using ScheduledBots.Lifecycle;
using ScheduledBots.Measuring;

namespace ScheduledBots.Benchmarks.Store;

/// <summary>Moving bots and calling them off through the face, as a host does, beside an update by hand.</summary>
internal static class ChangeFigures
{
    private const int Each = 50;

    public static async Task MeasureAsync(FigureTable table, IBotScheduler scheduler, string connectionString, int pairs)
    {
        await using var bare = new BareUpdate(connectionString);
        await CompareAsync(table, scheduler, pairs, "reschedule", id => scheduler.RescheduleAsync(id, JoinAt()), id => bare.MoveAsync(id, JoinAt()));
        await CompareAsync(table, scheduler, pairs, "cancel", id => scheduler.CancelAsync(id), bare.CancelAsync);
    }

    /// <summary>In short turns, and each first as often as second, so that a disturbance meets both. Every bot is changed once.</summary>
    private static async Task CompareAsync(
        FigureTable table, IBotScheduler scheduler, int pairs, string what, Func<BotId, Task> change, Func<BotId, Task> byHand)
    {
        BotRequest[] requests = [.. Enumerable.Range(0, (2 * pairs * Each) + (2 * Each)).Select(_ => BenchBots.NewRequest(JoinAt()))];
        var bots = new ConcurrentQueue<BotId>((await scheduler.ScheduleManyAsync(requests)).Select(outcome => outcome.Result!.Bot.Id));
        Task<double> RateAsync(Func<BotId, Task> action) =>
            Sample.RateAsync(callers: 1, Each, () => bots.TryDequeue(out BotId id) ? action(id) : throw new InvalidOperationException("no bot is left"));
        await RateAsync(change);
        await RateAsync(byHand);
        List<double> changes = [], bares = [];
        for (int pair = 0; pair < pairs; pair++)
        {
            foreach (bool isBare in (bool[])[pair % 2 == 0, pair % 2 != 0])
            {
                (isBare ? bares : changes).Add(await RateAsync(isBare ? byHand : change));
            }
        }

        table.Add(new Figure("PostgreSQL", $"{what}, one writer", Sample.Median(changes), "bots/s"));
        table.Add(new Figure("PostgreSQL", $"update by hand to {what}, one writer", Sample.Median(bares), "rows/s"));
        table.Add(new Figure(
            "PostgreSQL", $"{what} to update by hand", Sample.Median(changes.Zip(bares, (ours, hand) => ours / hand)), "", Least: 0.7,
            Note: $"median of {pairs} pairs"));
    }

    private static DateTimeOffset JoinAt() => TimeProvider.System.GetUtcNow().AddDays(1 + (Random.Shared.NextDouble() * 30));
}
