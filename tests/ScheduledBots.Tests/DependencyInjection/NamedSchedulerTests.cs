using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using ScheduledBots.Configuration;
using ScheduledBots.Lifecycle;
using ScheduledBots.Tests.Stories;

namespace ScheduledBots.Tests.DependencyInjection;

public sealed class NamedSchedulerTests
{
    [Fact]
    public async Task Two_schedulers_in_one_container_do_not_mix()
    {
        using FakeHost red = new(), blue = new();
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddScheduledBots("red", options => options.MaxJoinAttempts = 7).UseInMemoryStorage().UseResourceAllocator(red).UseMeetingJoiner(red);
        builder.Services.AddScheduledBots("blue").UseInMemoryStorage().UseResourceAllocator(blue).UseMeetingJoiner(blue);
        using IHost host = builder.Build();
        await host.StartAsync();
        IBotScheduler reds = host.Services.GetRequiredKeyedService<IBotScheduler>("red"), blues = host.Services.GetRequiredKeyedService<IBotScheduler>("blue");

        Bot bot = (await reds.ScheduleAsync(new BotRequest { MeetingUrl = new Uri("https://meet.example.com/a"), Name = "Notes" })).Bot;
        await red.JoinEndedAsync();
        Bot? unseen = await blues.FindAsync(bot.Id);
        await host.StopAsync();

        Assert.Null(unseen);
        Assert.Empty(blue.Attempts);
        Assert.Equal(bot.Id, Assert.Single(red.Attempts).Bot.Id);
        Assert.Null(host.Services.GetService<IBotScheduler>());
        IOptionsMonitor<ScheduledBotsOptions> options = host.Services.GetRequiredService<IOptionsMonitor<ScheduledBotsOptions>>();
        Assert.Equal((7, 3), (options.Get("red").MaxJoinAttempts, options.Get("blue").MaxJoinAttempts));
    }

    [Fact]
    public async Task The_options_of_each_name_are_validated_when_the_host_starts()
    {
        using var meeting = new FakeHost();
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddScheduledBots("red").UseInMemoryStorage().UseResourceAllocator(meeting).UseMeetingJoiner(meeting);
        builder.Services.AddScheduledBots("blue", options => options.MaxConcurrentJoins = 0).UseInMemoryStorage().UseResourceAllocator(meeting).UseMeetingJoiner(meeting);
        using IHost host = builder.Build();

        var refusal = await Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync());

        Assert.Equal("blue", refusal.OptionsName);
        Assert.Contains("MaxConcurrentJoins", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_registration_names_the_call_and_the_scheduler()
    {
        using var host = new FakeHost();
        ServiceProvider services = Build(collection =>
        {
            collection.AddScheduledBots().UseInMemoryStorage().UseResourceAllocator(host).UseMeetingJoiner(host);
            collection.AddScheduledBots("red");
            collection.AddScheduledBots("blue").UseInMemoryStorage().UseResourceAllocator(host);
        });

        string red = Assert.Throws<InvalidOperationException>(() => services.GetRequiredKeyedService<IBotScheduler>("red")).Message;
        string blue = Assert.Throws<InvalidOperationException>(() => services.GetRequiredKeyedService<IScheduledBotsEngine>("blue")).Message;

        Assert.Equal("No bot store is registered for the scheduler 'red'. Call UseInMemoryStorage() or UseEfCoreStorage<TContext>() after AddScheduledBots(\"red\").", red);
        Assert.Equal("No meeting joiner is registered for the scheduler 'blue'. Call UseMeetingJoiner<TJoiner>() after AddScheduledBots(\"blue\").", blue);
        Assert.NotNull(services.GetRequiredService<IBotScheduler>());
    }

    [Fact]
    public async Task A_scheduler_that_only_schedules_needs_no_host_code_and_says_that_it_has_no_engine()
    {
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddScheduledBots().UseInMemoryStorage().ScheduleOnly();
        builder.Services.AddScheduledBots("blue").ScheduleOnly().UseInMemoryStorage();
        using IHost host = builder.Build();
        await host.StartAsync();
        IBotScheduler scheduler = host.Services.GetRequiredService<IBotScheduler>();

        Bot bot = (await scheduler.ScheduleAsync(new BotRequest { MeetingUrl = new Uri("https://meet.example.com/a"), Name = "Notes" })).Bot;
        BotExplanation why = await scheduler.ExplainAsync(bot.Id);
        string refusal = Assert.Throws<InvalidOperationException>(() => host.Services.GetRequiredService<IScheduledBotsEngine>()).Message;
        string blue = Assert.Throws<InvalidOperationException>(() => host.Services.GetRequiredKeyedService<IScheduledBotsEngine>("blue")).Message;
        await host.StopAsync();

        Assert.Equal(ExplanationReason.NoEngine, why.Reason);
        Assert.Contains("The default scheduler only schedules", refusal, StringComparison.Ordinal);
        Assert.Contains("ScheduleOnly()", refusal, StringComparison.Ordinal);
        Assert.Contains("The scheduler 'blue' only schedules", blue, StringComparison.Ordinal);
    }

    [Fact]
    public void Named_options_are_bound_from_configuration()
    {
        IConfiguration configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(new Dictionary<string, string?> { ["Bots:StagingLead"] = "00:03:00" })
            .Build();
        ServiceProvider services = Build(collection => collection.AddScheduledBots("red", configuration.GetSection("Bots")));

        IOptionsMonitor<ScheduledBotsOptions> options = services.GetRequiredService<IOptionsMonitor<ScheduledBotsOptions>>();

        Assert.Equal(TimeSpan.FromMinutes(3), options.Get("red").StagingLead);
        Assert.Equal(TimeSpan.FromMinutes(5), options.CurrentValue.StagingLead);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(" ")]
    public void A_name_is_not_empty(string? name)
    {
        var services = new ServiceCollection();

        Assert.ThrowsAny<ArgumentException>(() => services.AddScheduledBots(name!, options => options.MaxJoinAttempts = 1));
        Assert.ThrowsAny<ArgumentException>(() => services.AddScheduledBots(name!, new ConfigurationBuilder().Build()));
        Assert.Empty(services);
    }

    private static ServiceProvider Build(Action<IServiceCollection> add)
    {
        var services = new ServiceCollection();
        add(services);
        return services.BuildServiceProvider();
    }
}
