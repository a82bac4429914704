using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;
using ScheduledBots.Storage;
using ScheduledBots.Testing;
using ScheduledBots.Testing.Model;

namespace ScheduledBots.Tests.Stories;

/// <summary>An engine that cannot start, or is not to start any more, can still be stopped: a host that gives up must end.</summary>
public sealed class StartingStories
{
    [Fact]
    public void An_engine_whose_store_fails_at_the_start_says_so_and_stops_at_once()
    {
        using var host = TestSchedulerHost.Start(new TestSchedulerSetup { StartsEngine = false });
        host.Store.FailNext(StoreFault.BeforeApply, nameof(IBotStore.InitializeAsync));

        Assert.Throws<StoreFaultException>(() => host.Run(() => host.Engine.StartAsync()));
        host.Stop();

        Assert.Equal([nameof(IBotStore.InitializeAsync)], host.Store.Calls);
    }

    [Fact]
    public void An_engine_that_is_stopped_while_its_store_is_prepared_does_not_start_any_more()
    {
        using var host = TestSchedulerHost.Start(new TestSchedulerSetup { StartsEngine = false });
        host.Store.Latency = TimeSpan.FromSeconds(10);
        Task? starting = null;

        host.Run(() =>
        {
            starting = host.Engine.StartAsync();
            return host.Engine.StopAsync();
        });
        host.RunFor(TimeSpan.FromMinutes(1));

        Assert.IsType<InvalidOperationException>(starting!.Exception!.InnerException);
        Assert.Equal([nameof(IBotStore.InitializeAsync)], host.Store.Calls);
    }

    // Mutant: three beat intervals are enough.
    [Theory]
    [InlineData(true, 5_999, 1)]
    [InlineData(true, 6_000, 0)]
    [InlineData(false, 4_000, 0)]
    public void A_time_to_live_too_short_for_a_store_that_hangs_is_told_where_engines_share_it(bool isShared, int milliseconds, int warnings)
    {
        var log = new FakeLogCollector();
        using var host = TestSchedulerHost.Start(new TestSchedulerSetup
        {
            Options = options => options.NodeTimeToLive = TimeSpan.FromMilliseconds(milliseconds),
            Configure = builder => builder.Services
                .AddLogging(logging => logging.AddProvider(new FakeLoggerProvider(log)))
                .AddKeyedSingleton<IBotStore>(builder.Name, (services, _) => isShared ? new ModelStore(services.GetRequiredService<TimeProvider>()) : new ModelStore()),
        });

        Assert.Equal(warnings, log.GetSnapshot().Count(line => line.Id == 9 && line.Message.Contains("make it 00:00:06 or more", StringComparison.Ordinal)));
    }
}
