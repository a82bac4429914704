using ScheduledBots.Lifecycle;
using ScheduledBots.Tests.Stories;

namespace ScheduledBots.Tests.Face;

public sealed class TenantTests
{
    // Mutant: each of FindAsync, EraseAsync, ExplainAsync without scope.Sees; ChangeAsync without scope.Own. One at a time.
    [Fact]
    public async Task The_bots_of_other_tenants_are_not_found_by_any_verb()
    {
        await using Scene scene = await Scene.OpenAsync(start: false);
        IBotScheduler acme = scene.Scheduler.ForTenant("acme"), other = scene.Scheduler.ForTenant("other");
        Bot bot = (await acme.ScheduleAsync(scene.Request(TimeSpan.FromHours(1)))).Bot;
        Bot settled = (await acme.ScheduleAsync(scene.Request(TimeSpan.FromHours(2)))).Bot;
        await acme.CancelAsync(settled.Id);

        foreach (IBotScheduler stranger in (IBotScheduler[])[other, scene.Scheduler.ForTenant("")])
        {
            Assert.Null(await stranger.FindAsync(bot.Id));
            Assert.Empty((await stranger.ListAsync(new BotFilter())).Bots);
            await Assert.ThrowsAsync<BotNotFoundException>(() => stranger.UpdateAsync(bot.Id, new BotUpdate { Metadata = "x" }));
            await Assert.ThrowsAsync<BotNotFoundException>(() => stranger.RescheduleAsync(bot.Id, scene.Now.AddHours(3)));
            await Assert.ThrowsAsync<BotNotFoundException>(() => stranger.CancelAsync(bot.Id));
            await Assert.ThrowsAsync<BotNotFoundException>(() => stranger.AbortAsync(bot.Id));
            await Assert.ThrowsAsync<BotNotFoundException>(() => stranger.EraseAsync(settled.Id));
            await Assert.ThrowsAsync<BotNotFoundException>(() => stranger.HistoryAsync(settled.Id));
            await Assert.ThrowsAsync<BotNotFoundException>(() => stranger.ExplainAsync(bot.Id));
        }

        Assert.Equal("acme", bot.Tenant);
        Assert.Equal([bot.Id, settled.Id], (await acme.ListAsync(new BotFilter())).Bots.Select(one => one.Id));
        Assert.Equal([bot.Id], (await scene.Scheduler.ListAsync(new BotFilter { Tenant = "acme", Status = BotStatus.Scheduled })).Bots.Select(one => one.Id));
        await acme.EraseAsync(settled.Id);
        Assert.IsType<CancelledBot>(await acme.CancelAsync(bot.Id));
    }

    [Fact]
    public async Task Naming_another_tenant_is_refused_and_naming_the_own_one_is_not()
    {
        await using Scene scene = await Scene.OpenAsync(start: false);
        IBotScheduler acme = scene.Scheduler.ForTenant("acme");
        BotRequest request = scene.Request(TimeSpan.FromHours(1));

        await Assert.ThrowsAsync<ArgumentException>(() => acme.ScheduleAsync(request with { Tenant = "other" }));
        await Assert.ThrowsAsync<ArgumentException>(() => acme.ListAsync(new BotFilter { Tenant = "other" }));
        await Assert.ThrowsAsync<ArgumentException>(() => acme.ListAsync(new BotFilter { Tenant = "" }));
        Assert.Throws<ArgumentException>(() => acme.ForTenant("other"));
        IReadOnlyList<ScheduleOutcome> outcomes = await acme.ScheduleManyAsync([request with { Tenant = "other" }, request with { Tenant = "acme" }]);

        Assert.IsType<ArgumentException>(outcomes[0].Error);
        Assert.Equal("acme", outcomes[1].Result!.Bot.Tenant);
        Assert.Single((await acme.ForTenant("acme").ListAsync(new BotFilter { Tenant = "acme" })).Bots);
        Assert.Throws<ArgumentNullException>(() => scene.Scheduler.ForTenant(null!));
        Assert.Throws<ArgumentException>(() => scene.Scheduler.ForTenant("\uD800"));
    }

    [Fact]
    public async Task Tenants_do_not_share_keys_and_the_key_of_one_is_not_told_to_another()
    {
        await using Scene scene = await Scene.OpenAsync(start: false);
        BotRequest request = scene.Request(TimeSpan.FromHours(1)) with { DeduplicationKey = "standup" };

        ScheduleResult acme = await scene.Scheduler.ForTenant("acme").ScheduleAsync(request);
        ScheduleResult other = await scene.Scheduler.ForTenant("other").ScheduleAsync(request with { Name = "Other" });

        Assert.True(acme.Created && other.Created);
        await Assert.ThrowsAsync<DeduplicationConflictException>(
            () => scene.Scheduler.ForTenant("other").ScheduleAsync(request with { Id = acme.Bot.Id, DeduplicationKey = null }));
    }
}
