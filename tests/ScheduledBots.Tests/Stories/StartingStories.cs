using ScheduledBots.Storage;
using ScheduledBots.Testing;

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
}
