using ScheduledBots.Lifecycle;
using ScheduledBots.Storage;
using ScheduledBots.Tests.Stories;

namespace ScheduledBots.Tests.Face;

public sealed class UpdateTests
{
    public static TheoryData<string, BotUpdate> BadUpdates => new()
    {
        { "changes nothing", new BotUpdate() },
        { "not after now", new BotUpdate { JoinAt = Scene.Start } },
        { "three years", new BotUpdate { JoinAt = DateTimeOffset.MaxValue } },
        { "relative", new BotUpdate { MeetingUrl = new Uri("/abc", UriKind.Relative) } },
        { "user info", new BotUpdate { MeetingUrl = new Uri("https://ann:secret@meet.example.com/abc") } },
        { "empty", new BotUpdate { Name = " " } },
        { "256", new BotUpdate { Name = new string('n', 257) } },
        { "U+D83E", new BotUpdate { Name = "cut\uD83E" } },
        { "16384", new BotUpdate { Metadata = new string('m', 16_385) } },
        { "U+0000", new BotUpdate { Metadata = "a\0b" } },
    };

    [Fact]
    public async Task An_update_changes_what_is_given_and_keeps_the_rest()
    {
        await using Scene scene = await Scene.OpenAsync(start: false);
        Bot bot = (await scene.Scheduler.ScheduleAsync(scene.Request(TimeSpan.FromHours(1)) with { Metadata = "old" })).Bot;

        Bot updated = await scene.Scheduler.UpdateAsync(bot.Id, new BotUpdate { MeetingUrl = new Uri("https://meet.example.com/new"), JoinAt = bot.JoinAt.AddHours(1) });
        Bot renamed = await scene.Scheduler.UpdateAsync(bot.Id, new BotUpdate { Name = "Other", Metadata = "" });

        Assert.Equal(("https://meet.example.com/new", bot.JoinAt.AddHours(1), bot.Name, "old"), (updated.MeetingUrl, updated.JoinAt, updated.Name, updated.Metadata));
        Assert.Equal((updated.MeetingUrl, updated.JoinAt, "Other", ""), (renamed.MeetingUrl, renamed.JoinAt, renamed.Name, renamed.Metadata));
        Assert.True(bot.Version < updated.Version && updated.Version < renamed.Version);
        Assert.True(bot.Fence < updated.Fence && updated.Fence < renamed.Fence);
    }

    // Mutant: CheckMetadata is not asked for updates.
    [Theory]
    [MemberData(nameof(BadUpdates))]
    public async Task A_bad_update_is_refused_as_on_create_and_changes_nothing(string wanted, BotUpdate update)
    {
        await using Scene scene = await Scene.OpenAsync(start: false);
        Bot bot = await scene.ScheduleAsync(TimeSpan.FromHours(1));

        var refusal = await Assert.ThrowsAnyAsync<ArgumentException>(() => scene.Scheduler.UpdateAsync(bot.Id, update));

        Assert.Contains(wanted, refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(bot, await scene.Scheduler.FindAsync(bot.Id));
    }

    [Fact]
    public async Task An_update_of_a_bot_that_was_changed_meanwhile_is_refused_with_both_versions()
    {
        await using Scene scene = await Scene.OpenAsync(start: false);
        Bot seen = await scene.ScheduleAsync(TimeSpan.FromHours(1));
        Bot current = await scene.Scheduler.UpdateAsync(seen.Id, new BotUpdate { Metadata = "meanwhile" }, seen.Version);

        var refusal = await Assert.ThrowsAsync<BotVersionConflictException>(
            () => scene.Scheduler.UpdateAsync(seen.Id, new BotUpdate { Name = "Other" }, seen.Version));

        Assert.Equal((seen.Id, seen.Version, current.Version), (refusal.Id, refusal.Expected, refusal.Actual));
        Assert.Equal("Notes", (await scene.Scheduler.FindAsync(seen.Id))!.Name);
    }

    // Mutant: Changes.CancelAsync forgets the version.
    [Fact]
    public async Task A_cancel_of_a_bot_that_was_changed_meanwhile_is_refused_and_it_stays_scheduled()
    {
        await using Scene scene = await Scene.OpenAsync(start: false);
        Bot seen = await scene.ScheduleAsync(TimeSpan.FromHours(1));
        Bot current = await scene.Scheduler.RescheduleAsync(seen.Id, seen.JoinAt.AddHours(1));

        var refusal = await Assert.ThrowsAsync<BotVersionConflictException>(() => scene.Scheduler.CancelAsync(seen.Id, seen.Version));
        Bot? then = await scene.Scheduler.FindAsync(seen.Id);
        Bot cancelled = await scene.Scheduler.CancelAsync(seen.Id, current.Version);

        Assert.Equal((seen.Id, seen.Version, current.Version), (refusal.Id, refusal.Expected, refusal.Actual));
        Assert.Equal(current, then);
        Assert.Equal(BotStatus.Cancelled, cancelled.Status);
    }

    [Fact]
    public async Task Metadata_can_be_changed_in_any_state_and_the_rest_only_while_scheduled()
    {
        await using Scene scene = await Scene.OpenAsync();
        Bot bot = await scene.ScheduleAsync(TimeSpan.FromMinutes(2));
        Bot staged = await scene.UntilAsync(bot.Id, BotStatus.Staged, TimeSpan.FromMilliseconds(1));

        Bot updated = await scene.Scheduler.UpdateAsync(bot.Id, new BotUpdate { Metadata = "while staged" });
        var refusal = await Assert.ThrowsAsync<BotStateConflictException>(
            () => scene.Scheduler.UpdateAsync(bot.Id, new BotUpdate { Name = "Other", Metadata = "not written" }));
        Bot joined = await scene.UntilAsync(bot.Id, BotStatus.Joined, TimeSpan.FromMilliseconds(500));
        Bot settled = await scene.Scheduler.UpdateAsync(bot.Id, new BotUpdate { Metadata = "while settled" });

        Assert.Equal((staged.Fence, staged.Version + 1), (updated.Fence, updated.Version));
        Assert.Contains("updated", refusal.Message, StringComparison.Ordinal);
        Assert.Equal("while staged", Assert.Single(scene.Host.Attempts).Bot.Metadata);
        Assert.Equal("while staged", joined.Metadata);
        Assert.Equal("while settled", settled.Metadata);
    }

    [Fact]
    public async Task A_bot_redirected_while_the_engine_holds_it_joins_the_new_meeting()
    {
        await using Scene scene = await Scene.OpenAsync();
        Bot bot = await scene.ScheduleAsync(TimeSpan.FromMinutes(6.2));

        await scene.Scheduler.UpdateAsync(bot.Id, new BotUpdate { MeetingUrl = new Uri("https://meet.example.com/moved") });
        await scene.UntilAsync(bot.Id, BotStatus.Joined, TimeSpan.FromMilliseconds(500));

        Assert.Equal("https://meet.example.com/moved", Assert.Single(scene.Host.Attempts).Bot.MeetingUrl);
    }

    [Fact]
    public async Task An_erased_bot_is_gone_with_its_history_and_only_a_settled_one_can_be_erased()
    {
        await using Scene scene = await Scene.OpenAsync(start: false);
        Bot bot = await scene.ScheduleAsync(TimeSpan.FromHours(1));

        var refusal = await Assert.ThrowsAsync<BotStateConflictException>(() => scene.Scheduler.EraseAsync(bot.Id));
        await scene.Scheduler.CancelAsync(bot.Id);
        await scene.Scheduler.EraseAsync(bot.Id);

        Assert.Equal((BotStatus.Scheduled, null, bot.CreatedAt), (refusal.Actual, refusal.Required, refusal.EnteredAt));
        Assert.Contains("only a settled bot can be erased", refusal.Message, StringComparison.Ordinal);
        Assert.Null(await scene.Scheduler.FindAsync(bot.Id));
        await Assert.ThrowsAsync<BotNotFoundException>(() => scene.Scheduler.EraseAsync(bot.Id));
        await Assert.ThrowsAsync<BotNotFoundException>(() => scene.Scheduler.HistoryAsync(bot.Id));
    }

    [Fact]
    public async Task The_history_tells_what_happened_oldest_first()
    {
        await using Scene scene = await Scene.OpenAsync();
        Bot bot = await scene.ScheduleAsync(TimeSpan.FromMinutes(10));
        await scene.Scheduler.RescheduleAsync(bot.Id, bot.JoinAt.AddMinutes(1));
        await scene.UntilAsync(bot.Id, BotStatus.Joined, TimeSpan.FromMilliseconds(500));

        IReadOnlyList<BotHistoryLine> history = await scene.Scheduler.HistoryAsync(bot.Id);

        Assert.Equal(
            [(BotStatus.Scheduled, BotStatus.Scheduled), (BotStatus.Scheduled, BotStatus.Staged), (BotStatus.Staged, BotStatus.Joining), (BotStatus.Joining, BotStatus.Joined)],
            history.Select(line => (line.From, line.To)));
        Assert.Equal(history.OrderBy(line => line.At), history);
    }

    [Fact]
    public void An_update_says_what_it_changes_and_never_a_secret()
    {
        var update = new BotUpdate { MeetingUrl = new Uri("https://meet.example.com/secret"), Metadata = "secret" };

        Assert.Equal("update of MeetingUrl, Metadata", update.ToString());
    }
}
