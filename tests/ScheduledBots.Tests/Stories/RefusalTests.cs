using ScheduledBots.Lifecycle;
using ScheduledBots.Storage;

namespace ScheduledBots.Tests.Stories;

public sealed class RefusalTests
{
    public static TheoryData<string, Func<BotRequest, BotRequest>> BadRequests => new()
    {
        { "MeetingUrl", request => request with { MeetingUrl = null! } },
        { "relative", request => request with { MeetingUrl = new Uri("/abc", UriKind.Relative) } },
        { "scheme", request => request with { MeetingUrl = new Uri("ftp://meet.example.com/abc") } },
        { "user info", request => request with { MeetingUrl = new Uri("https://ann:secret@meet.example.com/abc") } },
        { "2048", request => request with { MeetingUrl = new Uri("https://meet.example.com/" + new string('a', 2048)) } },
        { "Name", request => request with { Name = null! } },
        { "empty", request => request with { Name = " " } },
        { "256", request => request with { Name = new string('n', 257) } },
        { "U+0007", request => request with { Name = "bell\a" } },
        { "16384", request => request with { Metadata = new string('m', (16 * 1024) + 1) } },
        { "U+0000", request => request with { Metadata = "a\0b" } },
        { "DeduplicationKey", request => request with { DeduplicationKey = "" } },
        { "Tenant", request => request with { Tenant = null! } },
        { "Id is empty", request => request with { Id = default(BotId) } },
        { "not after now", request => request with { JoinAt = Scene.Start } },
        { "not after now", request => request with { JoinAt = Scene.Start.AddTicks(-1) } },
        { "not after now", request => request with { JoinAt = default(DateTimeOffset) } },
        { "not after now", request => request with { JoinAt = DateTimeOffset.MinValue } },
        { "three years", request => request with { JoinAt = DateTimeOffset.MaxValue } },
        { "three years", request => request with { JoinAt = Scene.Start + BotRequest.MaxLeadTime + TimeSpan.FromTicks(1) } },
        { "not after now", request => request with { JoinAt = new DateTimeOffset(2026, 3, 2, 21, 59, 0, TimeSpan.FromHours(14)) } },
    };

    // Mutant: RequestRules.Check leaves out the user info.
    [Theory]
    [MemberData(nameof(BadRequests))]
    public async Task A_bad_request_is_refused_by_name_and_nothing_is_stored(string wanted, Func<BotRequest, BotRequest> spoil)
    {
        await using Scene scene = await Scene.OpenAsync();

        var refusal = await Assert.ThrowsAnyAsync<ArgumentException>(
            () => scene.Scheduler.ScheduleAsync(spoil(scene.Request(TimeSpan.FromHours(1)))));

        Assert.Contains(wanted, refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", refusal.Message, StringComparison.Ordinal);
        Assert.Empty(await scene.Store.ListAsync(new BotQuery { Limit = 10 }, CancellationToken.None));
    }

    [Fact]
    public async Task An_instant_at_the_very_ends_of_what_is_allowed_is_accepted_and_rounded_up()
    {
        await using Scene scene = await Scene.OpenAsync(start: false);

        Bot soon = (await scene.Scheduler.ScheduleAsync(scene.Request(TimeSpan.FromTicks(1)))).Bot;
        Bot far = (await scene.Scheduler.ScheduleAsync(scene.Request(BotRequest.MaxLeadTime))).Bot;
        Bot elsewhere = (await scene.Scheduler.ScheduleAsync(
            scene.Request(null) with { JoinAt = new DateTimeOffset(2026, 3, 2, 23, 0, 0, TimeSpan.FromHours(14)) })).Bot;

        Assert.Equal(Scene.Start + TimeSpan.FromMicroseconds(1), soon.JoinAt);
        Assert.Equal(Scene.Start + BotRequest.MaxLeadTime, far.JoinAt);
        Assert.Equal(Scene.Start.AddHours(1), elsewhere.JoinAt);
        Assert.Equal(TimeSpan.Zero, elsewhere.JoinAt.Offset);
    }

    [Fact]
    public async Task A_reschedule_obeys_the_same_rules()
    {
        await using Scene scene = await Scene.OpenAsync();
        Bot bot = await scene.ScheduleAsync(TimeSpan.FromHours(1));

        await Assert.ThrowsAnyAsync<ArgumentException>(() => scene.Scheduler.RescheduleAsync(bot.Id, scene.Now));
        await Assert.ThrowsAnyAsync<ArgumentException>(() => scene.Scheduler.RescheduleAsync(bot.Id, DateTimeOffset.MaxValue));

        Assert.Equal(bot.JoinAt, (await scene.Scheduler.FindAsync(bot.Id))!.JoinAt);
    }

    [Fact]
    public async Task A_short_lead_is_accepted_at_risk_unless_the_host_set_a_minimum()
    {
        await using Scene lenient = await Scene.OpenAsync(start: false);
        await using Scene strict = await Scene.OpenAsync(options => options.MinimumLeadTime = TimeSpan.FromMinutes(2), start: false);

        ScheduleResult atRisk = await lenient.Scheduler.ScheduleAsync(lenient.Request(TimeSpan.FromSeconds(30)));
        var refusal = await Assert.ThrowsAsync<LeadTimeTooShortException>(
            () => strict.Scheduler.ScheduleAsync(strict.Request(TimeSpan.FromSeconds(30))));

        Assert.True(atRisk.Lead.AtRisk);
        Assert.Equal(TimeSpan.FromSeconds(90), atRisk.Lead.Shortfall);
        Assert.Equal(TimeSpan.FromMinutes(2), refusal.Minimum);
    }

    [Fact]
    public async Task An_unknown_bot_is_not_found()
    {
        await using Scene scene = await Scene.OpenAsync(start: false);
        BotId id = BotId.New(scene.Now);

        var refusal = await Assert.ThrowsAsync<BotNotFoundException>(() => scene.Scheduler.CancelAsync(id));

        Assert.Equal(id, refusal.Id);
        Assert.Null(await scene.Scheduler.FindAsync(id));
    }

    [Fact]
    public async Task A_disposed_scheduler_says_so()
    {
        Scene scene = await Scene.OpenAsync();
        IBotScheduler scheduler = scene.Scheduler;
        BotRequest request = scene.Request(TimeSpan.FromHours(1));

        await scene.DisposeAsync();

        await Assert.ThrowsAsync<ObjectDisposedException>(() => scheduler.ScheduleAsync(request));
        await Assert.ThrowsAsync<ObjectDisposedException>(() => scheduler.FindAsync(default));
    }

    [Fact]
    public async Task An_engine_runs_once()
    {
        await using Scene scene = await Scene.OpenAsync();

        var refusal = await Assert.ThrowsAsync<InvalidOperationException>(() => scene.Engine.StartAsync());

        Assert.Contains("runs once", refusal.Message, StringComparison.Ordinal);
    }
}
