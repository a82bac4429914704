using ScheduledBots.Lifecycle;
using ScheduledBots.Tests.Stories;

namespace ScheduledBots.Tests.Face;

/// <summary>What every verb does at the wrong time.</summary>
public sealed class CallTests
{
    private static readonly BotId Id = new(new Guid("01890000-0000-7000-8000-0000000000cc"));

    private static readonly Dictionary<string, Func<IBotScheduler, CancellationToken, Task>> Calls = new()
    {
        [nameof(IBotScheduler.ScheduleAsync)] = (scheduler, token) => scheduler.ScheduleAsync(Request, token),
        [nameof(IBotScheduler.ScheduleManyAsync)] = (scheduler, token) => scheduler.ScheduleManyAsync([Request], token),
        [nameof(IBotScheduler.UpdateAsync)] = (scheduler, token) => scheduler.UpdateAsync(Id, new BotUpdate { Name = "Other" }, null, token),
        [nameof(IBotScheduler.RescheduleAsync)] = (scheduler, token) => scheduler.RescheduleAsync(Id, Scene.Start.AddHours(1), token),
        [nameof(IBotScheduler.CancelAsync)] = (scheduler, token) => scheduler.CancelAsync(Id, null, token),
        [nameof(IBotScheduler.AbortAsync)] = (scheduler, token) => scheduler.AbortAsync(Id, token),
        [nameof(IBotScheduler.EraseAsync)] = (scheduler, token) => scheduler.EraseAsync(Id, token),
        [nameof(IBotScheduler.FindAsync)] = (scheduler, token) => scheduler.FindAsync(Id, token),
        [nameof(IBotScheduler.ListAsync)] = (scheduler, token) => scheduler.ListAsync(new BotFilter(), token),
        [nameof(IBotScheduler.HistoryAsync)] = (scheduler, token) => scheduler.HistoryAsync(Id, token),
        [nameof(IBotScheduler.ExplainAsync)] = (scheduler, token) => scheduler.ExplainAsync(Id, token),
    };

    public static TheoryData<string> Verbs => [.. Calls.Keys];

    private static BotRequest Request => new() { MeetingUrl = new Uri("https://meet.example.com/a"), Name = "Notes", JoinAt = Scene.Start.AddHours(1) };

    [Fact]
    public void Every_verb_is_among_them() =>
        Assert.Equal(
            typeof(IBotScheduler).GetMethods().Select(method => method.Name).Where(name => name != nameof(IBotScheduler.ForTenant)).Order(),
            Calls.Keys.Order());

    [Theory]
    [MemberData(nameof(Verbs))]
    public async Task A_verb_of_a_disposed_scheduler_and_of_its_tenants_says_so_in_its_task(string verb)
    {
        Scene scene = await Scene.OpenAsync(start: false);
        IBotScheduler scheduler = scene.Scheduler, tenant = scheduler.ForTenant("acme");
        await scene.DisposeAsync();

        Task whole = Calls[verb](scheduler, CancellationToken.None), part = Calls[verb](tenant, CancellationToken.None);

        await Assert.ThrowsAsync<ObjectDisposedException>(() => whole);
        await Assert.ThrowsAsync<ObjectDisposedException>(() => part);
        Assert.Throws<ObjectDisposedException>(() => scheduler.ForTenant("acme"));
    }

    [Theory]
    [MemberData(nameof(Verbs))]
    public async Task A_verb_whose_token_is_cancelled_does_nothing(string verb)
    {
        await using Scene scene = await Scene.OpenAsync(start: false);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Calls[verb](scene.Scheduler, new CancellationToken(canceled: true)));

        Assert.Empty((await scene.Scheduler.ListAsync(new BotFilter())).Bots);
    }

    [Theory]
    [MemberData(nameof(Verbs))]
    public async Task A_verb_works_before_the_engine_starts_and_after_it_stopped(string verb)
    {
        await using Scene before = await Scene.OpenAsync(start: false), after = await Scene.OpenAsync();
        await after.Engine.StopAsync();

        foreach (Scene scene in (Scene[])[before, after])
        {
            Exception? refusal = await Record.ExceptionAsync(() => Calls[verb](scene.Scheduler, CancellationToken.None));
            Assert.True(refusal is null or BotNotFoundException, $"{refusal}");
        }
    }
}
