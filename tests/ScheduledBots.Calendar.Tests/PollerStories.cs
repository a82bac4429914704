using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;
using ScheduledBots.Lifecycle;

namespace ScheduledBots.Calendar.Tests;

/// <summary>A feed that is polled for as long as its host runs.</summary>
public sealed class PollerStories
{
    private const string Secret = "https://calendar.example.com/private-7f3a/basic.ics";

    // Mutant: the poller waits before its first sync.
    [Fact]
    public async Task A_feed_is_synced_when_the_host_starts_and_after_each_interval()
    {
        await using PollingHost host = await PollingHost.StartAsync();
        await host.UntilSyncedAsync();
        IReadOnlyList<Bot> first = await host.OpenBotsAsync();

        host.Text = Feed.Of(Feed.At("a", "1130"), Feed.At("b", "1200"));
        host.Time.Advance(PollingHost.Interval - TimeSpan.FromTicks(1));
        IReadOnlyList<Bot> before = await host.OpenBotsAsync();
        host.Time.Advance(TimeSpan.FromTicks(1));
        await host.UntilSyncedAsync();
        IReadOnlyList<Bot> after = await host.OpenBotsAsync();

        Assert.Equal([10], first.Select(bot => bot.JoinAt.Hour));
        Assert.Equal(first, before);
        Assert.Equal([11, 12], after.Select(bot => bot.JoinAt.Hour));
    }

    [Fact]
    public async Task What_a_sync_did_is_logged_in_numbers()
    {
        await using PollingHost host = await PollingHost.StartAsync();
        await host.UntilSyncedAsync();

        FakeLogRecord line = Assert.Single(host.Log);

        Assert.Equal((LogLevel.Information, 1), (line.Level, line.Id.Id));
        Assert.Equal("Calendar feed team is in step: 1 scheduled, 0 changed, 0 cancelled, 0 kept, 0 refused, 0 not readable", line.Message);
    }

    [Fact]
    public async Task A_feed_that_cannot_be_read_touches_no_bot_and_is_tried_again()
    {
        await using PollingHost host = await PollingHost.StartAsync();
        await host.UntilSyncedAsync();

        host.Text = "<html>Sign in</html>";
        await host.NextSyncAsync();
        IReadOnlyList<Bot> meanwhile = await host.OpenBotsAsync();
        FakeLogRecord line = host.Log[^1];
        host.Text = Feed.Of(Feed.At("a", "1100"));
        await host.NextSyncAsync();

        Assert.Equal([10], meanwhile.Select(bot => bot.JoinAt.Hour));
        Assert.Equal((LogLevel.Warning, 3), (line.Level, line.Id.Id));
        Assert.Contains("It is tried again in 00:07:00", line.Message, StringComparison.Ordinal);
        Assert.Equal([11], (await host.OpenBotsAsync()).Select(bot => bot.JoinAt.Hour));
    }

    // Mutant: the poller catches CalendarFeedException alone, and one fault of the host's ends it for good.
    [Fact]
    public async Task A_fault_that_nobody_foresaw_ends_no_polling_and_its_words_stay_out_of_the_log()
    {
        bool isBroken = true;
        await using PollingHost host = await PollingHost.StartAsync((host, cancel) =>
            isBroken ? throw new HttpRequestException($"no answer from {Secret}") : PollingHost.Read(host, cancel));
        await host.UntilSyncedAsync();
        FakeLogRecord line = Assert.Single(host.Log);

        isBroken = false;
        await host.NextSyncAsync();

        Assert.Equal((LogLevel.Error, 4), (line.Level, line.Id.Id));
        Assert.Equal("Calendar feed team was not synced (HttpRequestException); it is tried again in 00:07:00", line.Message);
        Assert.Null(line.Exception);
        Assert.Single(await host.OpenBotsAsync());
    }

    [Fact]
    public async Task A_change_that_was_refused_is_logged_with_its_reason_and_without_its_words()
    {
        await using PollingHost host = await PollingHost.StartAsync(configure: options => options.MinimumLeadTime = TimeSpan.FromHours(3));
        await host.UntilSyncedAsync();

        FakeLogRecord line = Assert.Single(host.Log, record => record.Id.Id == 2);

        Assert.Equal(LogLevel.Warning, line.Level);
        Assert.Equal("Calendar feed team wanted to Schedule bot none, which was refused (LeadTimeTooShortException); the next sync tries again", line.Message);
        Assert.Empty(await host.OpenBotsAsync());
    }

    // Mutant: the poller takes the cancellation for a fault of the feed and waits for its next turn.
    [Fact]
    public async Task A_host_that_stops_in_the_middle_of_a_sync_is_not_kept_waiting_and_logs_no_fault()
    {
        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using PollingHost host = await PollingHost.StartAsync(async (_, cancel) =>
        {
            asked.SetResult();
            await Task.Delay(Timeout.InfiniteTimeSpan, cancel);
            return Stream.Null;
        });
        await asked.Task;

        await host.StopAsync();

        Assert.Empty(host.Log);
    }

    [Fact]
    public async Task A_sync_by_hand_and_the_poller_are_one_sync_and_do_nothing_twice()
    {
        await using PollingHost host = await PollingHost.StartAsync();
        await host.UntilSyncedAsync();
        host.Text = Feed.Of(Feed.At("a", "1000"), Feed.At("b", "1200"));

        CalendarSyncReport byHand = await host.Sync.SyncAsync();
        await host.NextSyncAsync();

        Assert.Equal((false, 1, 1), (byHand.IsUnchanged, byHand.ScheduledCount, byHand.KeptCount));
        Assert.EndsWith("0 scheduled, 0 changed, 0 cancelled, 2 kept, 0 refused, 0 not readable", host.Log[^1].Message, StringComparison.Ordinal);
    }
}
