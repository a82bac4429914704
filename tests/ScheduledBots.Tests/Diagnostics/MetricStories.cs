using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using ScheduledBots.Extensibility;
using ScheduledBots.Lifecycle;
using ScheduledBots.Testing;
using ScheduledBots.Tests.Stories;

namespace ScheduledBots.Tests.Diagnostics;

public sealed class MetricStories
{
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(500);

    /// <summary>In virtual time, where a busy machine makes nothing late.</summary>
    [Fact]
    public void A_bot_that_joins_is_measured_all_the_way()
    {
        using var host = TestSchedulerHost.Start(builder => builder.Services.AddMetrics());
        using var tap = new MetricTap(host.Services.GetRequiredService<IMeterFactory>());
        Bot bot = host.Schedule(TimeSpan.FromMinutes(10));

        host.RunUntil(bot.Id, BotStatus.Staged);
        Assert.Equal(1, tap.Of("scheduledbots.bots.owned")[^1].Value);
        host.RunUntil(bot.Id, BotStatus.Joined);

        Assert.Equal(1, tap.Sum("scheduledbots.bots.scheduled"));
        Assert.Equal(1, tap.Sum("scheduledbots.bots.staged"));
        Assert.Equal(1, tap.Sum("scheduledbots.bots.joined"));
        Assert.Equal(0, tap.Sum("scheduledbots.join.early"));
        Assert.Equal(0, Assert.Single(tap.Of("scheduledbots.join.lateness")).Value);
        Assert.InRange(Assert.Single(tap.Of("scheduledbots.staging.slack")).Value, 300, 360);
        Assert.Single(tap.Of("scheduledbots.staging.duration"));
        Assert.Equal("Joined", Assert.Single(tap.Of("scheduledbots.join.duration")).Tags["scheduledbots.join.outcome"]);
        Assert.Contains("claim", tap.Of("scheduledbots.store.call.duration").Select(measured => measured.Tags["scheduledbots.store.verb"]));
        Assert.All(tap.Measured, measured => Assert.Equal("default", measured.Tags["scheduledbots.scheduler"]));
    }

    [Fact]
    public async Task What_wakes_and_works_is_measured_by_its_kind()
    {
        await using Scene scene = await OpenAsync();
        using MetricTap tap = TapOf(scene);

        Assert.Equal("timers", tap.Of("scheduledbots.waker.info")[^1].Tags["scheduledbots.waker.kind"]);
        Assert.Equal(2, tap.Of("scheduledbots.workers.utilization").Select(measured => measured.Tags["scheduledbots.workers.pool"]).Distinct().Count());
    }

    [Fact]
    public async Task Failures_are_counted_by_their_reason_and_retries_are_not_late()
    {
        await using Scene scene = await OpenAsync();
        using MetricTap tap = TapOf(scene);
        scene.Host.Join = (attempt, _) => attempt.Attempt < 3
            ? Task.FromResult(JoinResult.Retry(TimeSpan.FromSeconds(5)))
            : throw new InvalidOperationException("the lobby is closed");
        Bot bot = await scene.ScheduleAsync(TimeSpan.FromMinutes(2));

        await scene.UntilAsync(bot.Id, BotStatus.Failed, Step);

        Assert.Equal("JoinFailed", Assert.Single(tap.Of("scheduledbots.bots.failed")).Tags["error.type"]);
        Assert.Equal(2, tap.Sum("scheduledbots.join.retries"));
        Assert.Single(tap.Of("scheduledbots.join.lateness"));
        Assert.Equal([null, null, "InvalidOperationException"], tap.Of("scheduledbots.join.duration").Select(measured => measured.Tags["error.type"]));
    }

    [Fact]
    public async Task The_delay_of_an_ad_hoc_bot_is_no_lateness()
    {
        await using Scene scene = await OpenAsync();
        using MetricTap tap = TapOf(scene);

        Bot bot = await scene.ScheduleAsync(lead: null);
        await scene.UntilAsync(bot.Id, BotStatus.Joined, TimeSpan.FromMilliseconds(1));

        Assert.Single(tap.Of("scheduledbots.join.adhoc_delay"));
        Assert.Empty(tap.Of("scheduledbots.join.lateness"));
        Assert.Empty(tap.Of("scheduledbots.staging.slack"));
    }

    [Fact]
    public async Task What_callers_change_is_counted_by_what_they_did()
    {
        await using Scene scene = await OpenAsync();
        using MetricTap tap = TapOf(scene);
        Bot bot = await scene.ScheduleAsync(TimeSpan.FromHours(1));

        await scene.Scheduler.RescheduleAsync(bot.Id, scene.Now + TimeSpan.FromHours(2));
        await scene.Scheduler.UpdateAsync(bot.Id, new BotUpdate { Metadata = "m" });
        await scene.Scheduler.CancelAsync(bot.Id);
        await scene.Scheduler.EraseAsync(bot.Id);

        Assert.Equal(["rescheduled", "updated", "cancelled", "erased"], tap.Of("scheduledbots.bots.changed").Select(measured => measured.Tags["scheduledbots.change"]));
    }

    // Mutant: MeasuredJoiner takes the attempt's own StartedAt for the entry.
    [Fact]
    public async Task A_joiner_entered_before_its_instant_is_counted_as_early_whoever_let_it_through()
    {
        await using Scene scene = await OpenAsync(start: false);
        using MetricTap tap = TapOf(scene);
        var bot = (ScheduledBot)await scene.ScheduleAsync(TimeSpan.FromMinutes(1));
        IMeetingJoiner joiner = scene.Services.GetRequiredKeyedService<ScheduledBots.Diagnostics.SchedulerTelemetry>("").Measure((IMeetingJoiner)scene.Host);

        await joiner.JoinAsync(
            new JoinAttempt { Bot = bot, Attempt = 1, Fence = bot.Fence, PossiblyStarted = false, Allocation = new Allocation("a"), StartedAt = bot.JoinAt },
            CancellationToken.None);

        Assert.Equal(1, tap.Sum("scheduledbots.join.early"));
    }

    private static Task<Scene> OpenAsync(bool start = true) => Scene.OpenAsync(start: start, build: builder => builder.Services.AddMetrics());

    private static MetricTap TapOf(Scene scene) => new(scene.Services.GetRequiredService<IMeterFactory>());
}
