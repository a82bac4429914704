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
        await CompareAsync(table, scheduler, pairs, "reschedule", id => scheduler.RescheduleAsync(id, BenchBots.JoinAt()), id => bare.MoveAsync(id, BenchBots.JoinAt()));
        await CompareAsync(table, scheduler, pairs, "cancel", id => scheduler.CancelAsync(id), bare.CancelAsync);
    }

    /// <summary>Every bot is changed once.</summary>
    private static async Task CompareAsync(
        FigureTable table, IBotScheduler scheduler, int pairs, string what, Func<BotId, Task> change, Func<BotId, Task> byHand)
    {
        BotRequest[] requests = [.. Enumerable.Range(0, (2 * pairs * Each) + (2 * Each)).Select(_ => BenchBots.NewRequest(BenchBots.JoinAt()))];
        var bots = new ConcurrentQueue<BotId>((await scheduler.ScheduleManyAsync(requests)).Select(outcome => outcome.Result!.Bot.Id));
        Task<double> RateAsync(Func<BotId, Task> action) =>
            Sample.RateAsync(callers: 1, Each, () => bots.TryDequeue(out BotId id) ? action(id) : throw new InvalidOperationException("no bot is left"));
        await RateAsync(change);
        await RateAsync(byHand);
        (IReadOnlyList<double> changes, IReadOnlyList<double> bares) = await Sample.InTurnsAsync(pairs, () => RateAsync(change), () => RateAsync(byHand));
        table.Add(new Figure("PostgreSQL", $"{what}, one writer", Sample.Median(changes), "bots/s"));
        table.Add(new Figure("PostgreSQL", $"update by hand to {what}, one writer", Sample.Median(bares), "rows/s"));
        table.Add(new Figure(
            "PostgreSQL", $"{what} to update by hand", Sample.Median(changes.Zip(bares, (ours, hand) => ours / hand)), "", Least: 0.7,
            Note: $"median of {pairs} pairs"));
    }
}
