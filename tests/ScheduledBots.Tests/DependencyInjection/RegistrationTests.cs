using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using ScheduledBots.Configuration;
using ScheduledBots.Extensibility;
using ScheduledBots.Lifecycle;
using ScheduledBots.Tests.Stories;

namespace ScheduledBots.Tests.DependencyInjection;

public sealed class RegistrationTests
{
    [Fact]
    public void A_missing_registration_names_the_call_that_fixes_it()
    {
        using var host = new FakeHost();
        ServiceProvider nothing = Build(services => services.AddScheduledBots());
        ServiceProvider noAllocator = Build(services => services.AddScheduledBots().UseInMemoryStorage().UseMeetingJoiner(host));
        ServiceProvider noJoiner = Build(services => services.AddScheduledBots().UseInMemoryStorage().UseResourceAllocator(host));

        Assert.Contains("UseInMemoryStorage()", Refusal<IBotScheduler>(nothing), StringComparison.Ordinal);
        Assert.Contains("UseResourceAllocator<TAllocator>()", Refusal<IScheduledBotsEngine>(noAllocator), StringComparison.Ordinal);
        Assert.Contains("UseMeetingJoiner<TJoiner>()", Refusal<IScheduledBotsEngine>(noJoiner), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Options_that_contradict_one_another_are_all_listed_when_the_host_starts()
    {
        using var meeting = new FakeHost();
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddScheduledBots(options =>
        {
            options.StagingLead = TimeSpan.FromSeconds(5);
            options.MaxConcurrentAllocations = 0;
            options.MisfireGrace = TimeSpan.FromSeconds(-1);
        }).UseInMemoryStorage().UseResourceAllocator(meeting).UseMeetingJoiner(meeting);
        using IHost host = builder.Build();

        var refusal = await Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync());

        Assert.Equal(3, refusal.Failures.Count());
        Assert.Contains("ArmLead", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("MaxConcurrentAllocations", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("MisfireGrace", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_options_of_nodes_are_held_to_one_another()
    {
        ServiceProvider services = Build(collection => collection.AddScheduledBots(options =>
        {
            options.BeatInterval = TimeSpan.FromSeconds(3);
            options.StoreTimeout = TimeSpan.FromSeconds(3);
            options.PoisonLimit = 1;
            options.NodeName = new string('n', 129);
        }));

        var refusal = Assert.Throws<OptionsValidationException>(
            () => services.GetRequiredService<IOptionsMonitor<ScheduledBotsOptions>>().CurrentValue);

        Assert.Equal(4, refusal.Failures.Count());
        Assert.All((string[])["NodeTimeToLive", "StoreTimeout", "PoisonLimit", "NodeName"], name => Assert.Contains(name, refusal.Message, StringComparison.Ordinal));
    }

    [Fact]
    public void A_joiner_is_declared_idempotent_where_it_is_registered()
    {
        using var meeting = new FakeHost();
        ServiceProvider services = Build(collection => collection.AddScheduledBots().UseMeetingJoiner(meeting, isIdempotent: true));

        Assert.True(services.GetRequiredService<IOptionsMonitor<ScheduledBotsOptions>>().CurrentValue.JoinerIsIdempotent);
    }

    [Fact]
    public void Options_are_bound_from_configuration()
    {
        IConfiguration configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(new Dictionary<string, string?> { ["Bots:StagingLead"] = "00:03:00", ["Bots:MaxJoinAttempts"] = "7" })
            .Build();
        ServiceProvider services = Build(collection => collection.AddScheduledBots(configuration.GetSection("Bots")));

        ScheduledBotsOptions options = services.GetRequiredService<IOptionsMonitor<ScheduledBotsOptions>>().CurrentValue;

        Assert.Equal(TimeSpan.FromMinutes(3), options.StagingLead);
        Assert.Equal(7, options.MaxJoinAttempts);
        Assert.Equal(new ScheduledBotsOptions().ArmLead, options.ArmLead);
    }

    [Fact]
    public void Adding_the_scheduler_twice_adds_one_engine()
    {
        ServiceProvider services = Build(collection =>
        {
            collection.AddScheduledBots();
            collection.AddScheduledBots(options => options.MaxJoinAttempts = 5).UseInMemoryStorage().UseResourceAllocator(new FakeHost()).UseMeetingJoiner(new FakeHost());
        });

        Assert.Single(services.GetServices<IHostedService>());
        Assert.Equal(5, services.GetRequiredService<IOptionsMonitor<ScheduledBotsOptions>>().CurrentValue.MaxJoinAttempts);
    }

    [Fact]
    public async Task A_generic_host_stages_and_joins_on_the_real_clock_and_never_early()
    {
        using var meeting = new FakeHost();
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddScheduledBots().UseInMemoryStorage().UseResourceAllocator(meeting).UseMeetingJoiner(meeting);
        using IHost host = builder.Build();
        await host.StartAsync();
        IBotScheduler scheduler = host.Services.GetRequiredService<IBotScheduler>();

        for (int i = 1; i <= 20; i++)
        {
            DateTimeOffset joinAt = TimeProvider.System.GetUtcNow().AddMilliseconds(500 + (20 * i)); // the first call compiles its code meanwhile
            await scheduler.ScheduleAsync(new BotRequest { MeetingUrl = new Uri("https://meet.example.com/a"), Name = "Notes", JoinAt = joinAt });
        }

        for (int i = 1; i <= 20; i++)
        {
            await meeting.JoinEndedAsync();
        }

        await host.StopAsync();
        Assert.Equal(20, meeting.Attempts.Select(attempt => attempt.Bot.Id).Distinct().Count());
        Assert.All(meeting.Attempts, attempt => Assert.True(attempt.Lateness >= TimeSpan.Zero));
        Assert.Equal(0, meeting.LiveCount);
    }

    private static ServiceProvider Build(Action<IServiceCollection> add)
    {
        var services = new ServiceCollection();
        add(services);
        return services.BuildServiceProvider();
    }

    private static string Refusal<T>(ServiceProvider services)
        where T : notnull =>
        Assert.Throws<InvalidOperationException>(() => services.GetRequiredService<T>()).Message;
}
