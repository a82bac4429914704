using ScheduledBots.Lifecycle;
using ScheduledBots.Storage;

namespace ScheduledBots.Testing.Tests;

public sealed class FaultTests
{
    [Fact]
    public void An_outage_around_the_instant_makes_no_armed_bot_late()
    {
        using var host = TestSchedulerHost.Start();
        Bot bot = host.Schedule(TimeSpan.FromMinutes(10));
        host.RunUntil(bot.JoinAt.AddSeconds(-5));

        host.Store.IsOut = true;
        host.RunFor(TimeSpan.FromMinutes(1));
        Assert.IsType<StagedBot>(host.Find(bot.Id));
        host.Store.IsOut = false;
        host.RunFor(TimeSpan.FromMinutes(1));

        host.AssertAllJoinedOnTime();
        host.AssertPromisesKept();
    }

    [Theory]
    [InlineData(StoreFault.BeforeApply, nameof(IBotStore.ClaimAsync))]
    [InlineData(StoreFault.AfterApply, nameof(IBotStore.ClaimAsync))]
    [InlineData(StoreFault.BeforeApply, nameof(IBotStore.ArmAsync))]
    [InlineData(StoreFault.AfterApply, nameof(IBotStore.ArmAsync))]
    [InlineData(StoreFault.BeforeApply, nameof(IBotStore.CommitAsync))]
    [InlineData(StoreFault.AfterApply, nameof(IBotStore.CommitAsync))]
    public void Whatever_call_of_the_engine_fails_once_the_bot_joins(StoreFault fault, string verb)
    {
        using var host = TestSchedulerHost.Start();
        Bot bot = host.Schedule(TimeSpan.FromMinutes(10));

        host.Store.FailNext(fault, verb);
        host.RunUntil(bot.Id, BotStatus.Joined);

        Assert.Contains(verb, host.Store.Calls);
        host.AssertAllJoinedOnTime();
        host.AssertPromisesKept();
    }

    [Fact]
    public void A_lost_acknowledgement_has_been_applied_and_a_fault_before_it_has_not()
    {
        using var host = TestSchedulerHost.Start();
        BotRequest lost = host.Request(TimeSpan.FromHours(1));
        BotRequest refused = host.Request(TimeSpan.FromHours(1));

        host.Store.FailNext(StoreFault.AfterApply);
        host.Store.FailNext(StoreFault.BeforeApply);
        Assert.Equal(StoreFault.AfterApply, Assert.Throws<StoreFaultException>(() => host.Schedule(lost)).Fault);
        Assert.Equal(StoreFault.BeforeApply, Assert.Throws<StoreFaultException>(() => host.Schedule(refused)).Fault);

        Assert.Equal(lost.Id, Assert.Single(host.Bots).Id);
    }

    [Fact]
    public void Latency_takes_virtual_time()
    {
        using var host = TestSchedulerHost.Start();
        DateTimeOffset start = host.Now;
        host.Store.Latency = TimeSpan.FromMilliseconds(40);

        host.Schedule(TimeSpan.FromHours(1));

        Assert.Equal(start.AddMilliseconds(40), host.Now);
    }

    [Fact]
    public void A_script_decides_for_each_call()
    {
        using var host = TestSchedulerHost.Start();
        host.Store.Script = verb => verb == nameof(IBotStore.InsertAsync) ? StoreFault.BeforeApply : StoreFault.None;

        Assert.Equal(nameof(IBotStore.InsertAsync), Assert.Throws<StoreFaultException>(() => host.Schedule(TimeSpan.FromHours(1))).Verb);
    }
}
