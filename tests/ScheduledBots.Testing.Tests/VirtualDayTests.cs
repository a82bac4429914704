using Microsoft.Extensions.DependencyInjection;
using ScheduledBots.Extensibility;
using ScheduledBots.Lifecycle;
using ScheduledBots.Storage;
using ScheduledBots.Testing.Model;

namespace ScheduledBots.Testing.Tests;

public sealed class VirtualDayTests
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    [Fact]
    public void A_day_of_meetings_joins_each_at_its_exact_instant()
    {
        using var host = TestSchedulerHost.Start();
        host.Allocator.Script = _ => AllocationScript.Delivers(TimeSpan.FromSeconds(40));
        for (int i = 1; i <= 500; i++)
        {
            host.Schedule(TimeSpan.FromMinutes(5 + (i / 4 * 5)));
        }

        host.RunFor(TimeSpan.FromDays(1));

        Assert.Equal(500, host.Record.Joins.Count);
        host.AssertAllJoinedOnTime();
        host.AssertPromisesKept();
    }

    [Fact]
    public void Time_stands_still_until_the_host_runs_and_where_it_was_told_to()
    {
        using var host = TestSchedulerHost.Start();
        DateTimeOffset start = host.Now;
        Bot bot = host.Schedule(Minute);

        Assert.Equal(start, host.Now);
        host.RunUntil(bot.JoinAt.AddTicks(-1));
        Assert.Empty(host.Record.Joins);
        host.RunFor(TimeSpan.FromTicks(1));

        Assert.Equal(bot.JoinAt, Assert.Single(host.Record.Joins).StartedAt);
        Assert.Equal(bot.JoinAt, host.Now);
        Assert.IsType<JoinedBot>(host.Find(bot.Id));
    }

    [Fact]
    public void Two_runs_of_one_seed_are_alike_and_another_seed_is_not()
    {
        Assert.Equal(Diary(seed: 7), Diary(seed: 7));
        Assert.NotEqual(Diary(seed: 7), Diary(seed: 8));
    }

    [Fact]
    public void An_ad_hoc_bot_joins_as_soon_as_its_resources_are_there()
    {
        using var host = TestSchedulerHost.Start();
        host.Allocator.Play(AllocationScript.Delivers(TimeSpan.FromSeconds(20)));

        Bot bot = host.Schedule(lead: null);
        host.RunFor(Minute);

        Assert.Equal(bot.CreatedAt.AddSeconds(20), Assert.Single(host.Record.Joins).StartedAt);
    }

    [Fact]
    public void The_engine_waits_until_it_is_started()
    {
        using var host = TestSchedulerHost.Start(new TestSchedulerSetup { StartsEngine = false });
        Bot bot = host.Schedule(Minute);

        host.RunFor(2 * Minute);
        Assert.Empty(host.Record.Allocations);
        host.Run(() => host.Engine.StartAsync());
        host.RunUntil(bot.Id, BotStatus.Joined);

        Assert.Equal(bot.JoinAt + Minute, Assert.Single(host.Record.Joins).StartedAt);
    }

    [Fact]
    public void Stopping_hands_back_what_is_not_about_to_join()
    {
        using var host = TestSchedulerHost.Start();
        Bot bot = host.Schedule(4 * Minute);
        host.RunUntil(bot.Id, BotStatus.Staged);

        host.Stop();

        Assert.Null(Assert.IsType<ScheduledBot>(host.Find(bot.Id)).Owner);
        host.AssertNothingLeaked();
    }

    [Fact]
    public void A_step_of_the_wall_clock_makes_no_bot_early()
    {
        using var host = TestSchedulerHost.Start();
        Bot bot = host.Schedule(10 * Minute);

        host.RunFor(9 * Minute + TimeSpan.FromSeconds(45));
        host.Time.StepWallClock(TimeSpan.FromHours(1));
        host.RunFor(TimeSpan.FromSeconds(10));
        Assert.Empty(host.Record.Joins);
        host.Time.StepWallClock(TimeSpan.FromHours(-1));
        host.RunUntil(bot.Id, BotStatus.Joined);

        host.AssertNoneEarly();
    }

    [Fact]
    public void Code_that_really_waits_is_waited_for_with_patience()
    {
        using var host = TestSchedulerHost.Start(new TestSchedulerSetup
        {
            Patience = TimeSpan.FromSeconds(30),
            Configure = builder => builder.UseMeetingJoiner<ThreadedJoiner>(),
        });

        Bot bot = host.Schedule(Minute);
        host.RunUntil(bot.Id, BotStatus.Joined);

        Assert.Equal(bot.JoinAt, Assert.Single(host.Record.Joins).EndedAt);
    }

    [Fact]
    public void A_store_that_really_waits_is_waited_for_with_patience()
    {
        using var host = TestSchedulerHost.Start(new TestSchedulerSetup
        {
            Patience = TimeSpan.FromMilliseconds(300),
            Configure = builder => builder.Services.AddKeyedSingleton<IBotStore>(
                builder.Name, (_, _) => new FaultyStore(new ModelStore(), TimeProvider.System) { Latency = TimeSpan.FromMilliseconds(2) }),
        });

        Bot bot = host.Schedule(10 * Minute);
        host.RunUntil(bot.Id, BotStatus.Joined);

        host.AssertAllJoinedOnTime();
    }

    [Fact]
    public void An_engine_on_a_store_that_engines_share_beats_in_virtual_time()
    {
        using var host = TestSchedulerHost.Start(builder => builder.Services.AddKeyedSingleton<IBotStore>(
            builder.Name, (services, _) => new ModelStore(services.GetRequiredService<TimeProvider>())));
        for (int i = 1; i <= 20; i++)
        {
            host.Schedule(i * 10 * Minute);
        }

        host.RunFor(TimeSpan.FromHours(4));

        Assert.Contains(nameof(IBotStore.BeatAsync), host.Store.Calls);
        host.AssertAllJoinedOnTime();
        host.AssertPromisesKept();
    }

    [Fact]
    public void What_a_call_throws_is_thrown_and_what_never_ends_is_given_up()
    {
        using var host = TestSchedulerHost.Start();

        Assert.Throws<BotNotFoundException>(() => host.Run(() => host.Scheduler.CancelAsync(BotId.New(host.Now))));
        Assert.Throws<TimeoutException>(() => host.Run(() => Task.Delay(TimeSpan.FromDays(40), host.Time)));
    }

    [Fact]
    public void A_host_is_not_run_from_inside()
    {
        using var host = TestSchedulerHost.Start();
        host.Joiner.Script = _ =>
        {
            host.RunFor(Minute);
            return JoinScript.Joins();
        };

        Bot bot = host.Schedule(Minute);
        host.RunUntil(bot.Id, BotStatus.Failed);

        Assert.IsType<InvalidOperationException>(Assert.Single(host.Record.Joins).Error);
    }

    [Fact]
    public void Services_of_the_container_are_disposed_with_the_host()
    {
        var host = TestSchedulerHost.Start(builder => builder.UseMeetingJoiner<DisposableJoiner>());
        var joiner = host.Services.GetServices<IMeetingJoiner>();
        Bot bot = host.Schedule(Minute);
        host.RunUntil(bot.Id, BotStatus.Joined);

        host.Dispose();

        Assert.Empty(joiner);
        Assert.True(DisposableJoiner.WasDisposed);
    }

    /// <summary>Everything that the host's code saw, with everything random in it.</summary>
    private static string Diary(int seed)
    {
        using var host = TestSchedulerHost.Start(new TestSchedulerSetup { Seed = seed });
        host.Store.Latency = TimeSpan.FromMilliseconds(8);
        host.Allocator.Play(AllocationScript.Throws(), AllocationScript.Delivers(TimeSpan.FromSeconds(3)), AllocationScript.Hangs(), AllocationScript.Delivers());
        host.Joiner.Play(JoinScript.Retries(TimeSpan.FromSeconds(5)), JoinScript.Throws(TimeSpan.FromSeconds(1)), JoinScript.Joins(TimeSpan.FromSeconds(2)));
        for (int i = 0; i < 50; i++)
        {
            host.Schedule(TimeSpan.FromMinutes(7));
        }

        host.RunFor(TimeSpan.FromHours(1));
        host.AssertAllSettled();
        return string.Join('\n', [.. host.Record.Allocations.Select(call => call.ToString()), .. host.Record.Joins.Select(call => call.ToString())]);
    }

    internal sealed class ThreadedJoiner : IMeetingJoiner
    {
        public async Task<JoinResult> JoinAsync(JoinAttempt attempt, CancellationToken cancellationToken)
        {
            await Task.Run(() => Thread.Yield(), cancellationToken);
            return JoinResult.Joined();
        }
    }

    internal sealed class DisposableJoiner : IMeetingJoiner, IDisposable
    {
        public static bool WasDisposed { get; private set; }

        public Task<JoinResult> JoinAsync(JoinAttempt attempt, CancellationToken cancellationToken) => Task.FromResult(JoinResult.Joined());

        public void Dispose() => WasDisposed = true;
    }
}
