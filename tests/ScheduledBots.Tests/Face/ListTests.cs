using ScheduledBots.Extensibility;
using ScheduledBots.Lifecycle;
using ScheduledBots.Tests.Stories;

namespace ScheduledBots.Tests.Face;

public sealed class ListTests
{
    [Fact]
    public async Task All_pages_together_are_all_bots_in_order_and_the_last_page_has_no_cursor()
    {
        await using Scene scene = await Scene.OpenAsync(start: false);
        IReadOnlyList<ScheduleOutcome> outcomes = await scene.Scheduler.ScheduleManyAsync(
            [.. Enumerable.Range(0, 30).Select(i => scene.Request(TimeSpan.FromMinutes(1 + (i % 4))))]);
        BotId[] wanted = [.. outcomes.Select(outcome => outcome.Result!.Bot).OrderBy(bot => bot.JoinAt).ThenBy(bot => bot.Id).Select(bot => bot.Id)];

        foreach (int pageSize in (int[])[1, 7, 15, 29, 30, 31])
        {
            List<BotId> walked = [];
            await foreach (Bot bot in scene.Scheduler.ListAllAsync(new BotFilter { PageSize = pageSize }))
            {
                walked.Add(bot.Id);
            }

            Assert.Equal(wanted, walked);
        }

        BotPage whole = await scene.Scheduler.ListAsync(new BotFilter { PageSize = 30 });
        Assert.Null(whole.NextCursor);
    }

    [Fact]
    public async Task Filters_are_by_the_status_callers_see_and_by_tenant_and_by_instant()
    {
        await using Scene scene = await Scene.OpenAsync();
        var running = new TaskCompletionSource<JoinResult>(TaskCreationOptions.RunContinuationsAsynchronously);
        scene.Host.Join = (_, _) => running.Task;
        Bot first = await scene.ScheduleAsync(TimeSpan.FromMinutes(2));
        Bot later = (await scene.Scheduler.ScheduleAsync(scene.Request(TimeSpan.FromHours(2)) with { Tenant = "acme" })).Bot;
        await scene.UntilAsync(first.Id, BotStatus.Joining, TimeSpan.FromMilliseconds(500));

        Assert.Equal([first.Id], await IdsAsync(scene, new BotFilter { Status = BotStatus.Joining }));
        Assert.Equal([later.Id], await IdsAsync(scene, new BotFilter { Status = BotStatus.Scheduled }));
        Assert.Empty(await IdsAsync(scene, new BotFilter { Status = BotStatus.Staged }));
        Assert.Equal([later.Id], await IdsAsync(scene, new BotFilter { Tenant = "acme" }));
        Assert.Equal([first.Id], await IdsAsync(scene, new BotFilter { Tenant = "" }));
        Assert.Equal([later.Id], await IdsAsync(scene, new BotFilter { From = later.JoinAt }));
        Assert.Equal([first.Id], await IdsAsync(scene, new BotFilter { Until = later.JoinAt }));
        Assert.Equal([first.Id, later.Id], await IdsAsync(scene, new BotFilter { Until = later.JoinAt.AddTicks(1) }));
        Assert.Empty(await IdsAsync(scene, new BotFilter { From = later.JoinAt.AddTicks(1) }));
        Assert.Empty(await IdsAsync(scene, new BotFilter { From = DateTimeOffset.MaxValue }));
        running.SetResult(JoinResult.Joined());
    }

    /// <summary>Its joiner may run from JoinAt on, although the store hears of it only later.</summary>
    // Mutant: ToQuery leaves Now out.
    [Fact]
    public async Task An_armed_bot_is_listed_as_joining_from_its_instant_on()
    {
        await using Scene scene = await Scene.OpenAsync(start: false);
        Bot bot = await scene.ScheduleAsync(TimeSpan.FromMinutes(2));
        await Rows.ArmAsync(scene.Store, bot.Id, scene.Now);

        Assert.Equal([bot.Id], await IdsAsync(scene, new BotFilter { Status = BotStatus.Staged }));
        scene.Time.Advance(TimeSpan.FromMinutes(2));

        Assert.Equal([bot.Id], await IdsAsync(scene, new BotFilter { Status = BotStatus.Joining }));
        Assert.Empty(await IdsAsync(scene, new BotFilter { Status = BotStatus.Staged }));
        Assert.IsType<StagedBot>(await scene.Scheduler.FindAsync(bot.Id));
    }

    // Mutant: WriteFingerprint leaves out the tenant, the status, From or Until, one at a time.
    [Fact]
    public async Task A_cursor_of_another_filter_or_of_nobody_is_refused_with_a_cure()
    {
        await using Scene scene = await Scene.OpenAsync(start: false);
        await scene.Scheduler.ScheduleManyAsync([.. Enumerable.Range(0, 3).Select(i => scene.Request(TimeSpan.FromMinutes(1 + i)))]);
        string cursor = (await scene.Scheduler.ListAsync(new BotFilter { PageSize = 1 })).NextCursor!;
        BotFilter filter = new() { Cursor = cursor };

        Assert.Equal(2, (await scene.Scheduler.ListAsync(filter)).Bots.Count);
        foreach (BotFilter foreign in (BotFilter[])
            [
                filter with { Status = BotStatus.Scheduled }, filter with { Tenant = "" }, filter with { From = scene.Now }, filter with { Until = scene.Now },
                filter with { Cursor = "" }, filter with { Cursor = "AAAA" }, filter with { Cursor = cursor[..^1] }, filter with { Cursor = cursor + "A" },
                filter with { Cursor = cursor[..^1] + "=" }, filter with { Cursor = cursor[..^1] + "\uD800" }, filter with { Cursor = new string('A', cursor.Length) },
                filter with { Cursor = cursor[..20] + (cursor[20] == 'x' ? 'y' : 'x') + cursor[21..] },
            ])
        {
            var refusal = await Assert.ThrowsAsync<ArgumentException>(() => scene.Scheduler.ListAsync(foreign));
            Assert.Contains("begin with the first page", refusal.Message, StringComparison.Ordinal);
        }
    }

    // Mutant: ToQuery lets any status pass that is not negative.
    [Fact]
    public async Task A_filter_that_breaks_a_rule_is_refused_by_the_name_of_its_property()
    {
        await using Scene scene = await Scene.OpenAsync(start: false);

        foreach ((string name, BotFilter filter) in ((string, BotFilter)[])
            [
                ("PageSize", new BotFilter { PageSize = 0 }), ("PageSize", new BotFilter { PageSize = BotFilter.MaxPageSize + 1 }),
                ("Status", new BotFilter { Status = (BotStatus)6 }), ("Status", new BotFilter { Status = (BotStatus)(-1) }),
                ("Tenant", new BotFilter { Tenant = new string('t', BotRequest.MaxTenantLength + 1) }), ("Tenant", new BotFilter { Tenant = "\0" }),
                ("Cursor", new BotFilter { Cursor = "" }),
            ])
        {
            var refusal = await Assert.ThrowsAnyAsync<ArgumentException>(() => scene.Scheduler.ListAsync(filter));
            Assert.Equal(name, refusal.ParamName);
        }
    }

    [Fact]
    public async Task A_walk_that_was_cancelled_ends()
    {
        await using Scene scene = await Scene.OpenAsync(start: false);
        await scene.Scheduler.ScheduleManyAsync([.. Enumerable.Range(0, 5).Select(_ => scene.Request(TimeSpan.FromMinutes(1)))]);
        using var cancellation = new CancellationTokenSource();
        int walked = 0;

        await Assert.ThrowsAsync<OperationCanceledException>(async () =>
        {
            await foreach (Bot _ in scene.Scheduler.ListAllAsync(new BotFilter { PageSize = 2 }).WithCancellation(cancellation.Token))
            {
                walked++;
                await cancellation.CancelAsync();
            }
        });

        Assert.Equal(2, walked);
    }

    private static async Task<BotId[]> IdsAsync(Scene scene, BotFilter filter) =>
        [.. (await scene.Scheduler.ListAsync(filter)).Bots.Select(bot => bot.Id)];
}
