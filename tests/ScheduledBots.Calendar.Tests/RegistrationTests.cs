using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using ScheduledBots.DependencyInjection;
using ScheduledBots.Lifecycle;

namespace ScheduledBots.Calendar.Tests;

public sealed class RegistrationTests
{
    [Theory]
    [InlineData("")]
    [InlineData("team calendar")]
    [InlineData("team:blue")]
    [InlineData("t\u00e9am")]
    [InlineData("a234567890a234567890a234567890a234567890a234567890a234567890abcde")]
    public void A_name_that_cannot_be_part_of_a_key_is_refused(string name)
    {
        IScheduledBotsBuilder builder = new ServiceCollection().AddScheduledBots();

        var refusal = Assert.Throws<ArgumentException>(() => builder.AddCalendarFeed(name, Of()));

        Assert.Equal("feed", refusal.ParamName);
        Assert.Contains("1 to 64", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_second_feed_of_one_name_is_refused_whatever_its_scheduler()
    {
        var services = new ServiceCollection();
        services.AddScheduledBots().AddCalendarFeed("team", Of());

        var refusal = Assert.Throws<ArgumentException>(() => services.AddScheduledBots("other").AddCalendarFeed("team", Of()));

        Assert.Contains("'team'", refusal.Message, StringComparison.Ordinal);
    }

    // Mutant: the poller is added by TryAddSingleton.
    [Fact]
    public async Task Each_feed_has_a_sync_a_poller_and_options_of_its_own()
    {
        await using ServiceProvider services = new ServiceCollection().AddScheduledBots().UseInMemoryStorage().ScheduleOnly()
            .AddCalendarFeed("blue", Of(Feed.At("a", "1000")), options => options.BotName = "Blue")
            .AddCalendarFeed("red", Of(Feed.At("a", "1000")), options => options.BotName = "Red")
            .Services.AddSingleton<TimeProvider>(new NotingTime()).BuildServiceProvider();
        CalendarSync blue = services.GetRequiredKeyedService<CalendarSync>("blue"), red = services.GetRequiredKeyedService<CalendarSync>("red");

        await blue.SyncAsync();
        await red.SyncAsync();

        Assert.Equal(["Blue", "Red"], (await BotsAsync(services.GetRequiredService<IBotScheduler>())).Select(bot => bot.Name).Order());
        Assert.Equal(2, services.GetServices<IHostedService>().OfType<CalendarPoller>().Count());
        Assert.Same(blue, services.GetRequiredKeyedService<CalendarSync>("blue"));
    }

    // Mutant: the sync asks for the default scheduler.
    [Fact]
    public async Task A_feed_belongs_to_the_scheduler_that_it_was_added_to()
    {
        var services = new ServiceCollection();
        services.AddSingleton<TimeProvider>(new NotingTime());
        services.AddScheduledBots().UseInMemoryStorage().ScheduleOnly();
        services.AddScheduledBots("other").UseInMemoryStorage().ScheduleOnly().AddCalendarFeed("team", Of(Feed.At("a", "1000")));
        await using ServiceProvider provider = services.BuildServiceProvider();

        await provider.GetRequiredKeyedService<CalendarSync>("team").SyncAsync();

        Assert.Single(await BotsAsync(provider.GetRequiredKeyedService<IBotScheduler>("other")));
        Assert.Empty(await BotsAsync(provider.GetRequiredService<IBotScheduler>()));
    }

    [Fact]
    public async Task Bots_of_a_tenants_feed_are_seen_by_that_tenant()
    {
        await using ServiceProvider services = new ServiceCollection().AddScheduledBots().UseInMemoryStorage().ScheduleOnly()
            .AddCalendarFeed("team", Of(Feed.At("a", "1000")), options => options.Tenant = "acme")
            .Services.AddSingleton<TimeProvider>(new NotingTime()).BuildServiceProvider();
        IBotScheduler scheduler = services.GetRequiredService<IBotScheduler>();
        CalendarSync sync = services.GetRequiredKeyedService<CalendarSync>("team");

        await sync.SyncAsync();
        CalendarSyncReport again = await sync.SyncAsync();

        Assert.Single(await BotsAsync(scheduler.ForTenant("acme")));
        Assert.Empty(await BotsAsync(scheduler.ForTenant("other")));
        Assert.Equal((0, 1), (again.ScheduledCount, again.KeptCount));
    }

    private static async Task<List<Bot>> BotsAsync(IBotScheduler scheduler) => await scheduler.ListAllAsync(new BotFilter()).ToListAsync();

    private static CalendarSource Of(params string[] events) =>
        CalendarSource.Stream(_ => new ValueTask<Stream>(new MemoryStream(Encoding.UTF8.GetBytes(Feed.Of(events)))));
}
