using ScheduledBots.Lifecycle;

namespace ScheduledBots.Calendar.Tests;

public sealed class SyncStories
{
    [Fact]
    public void An_event_with_a_link_becomes_a_bot()
    {
        using var feed = new FeedHost();

        CalendarSyncReport report = feed.Sync(Feed.At("a", "1000"), Feed.Event("lunch", "DTSTART:20260302T120000Z"));

        Bot bot = Assert.Single(feed.Open);
        Assert.Equal(new DateTimeOffset(2026, 3, 2, 10, 0, 0, TimeSpan.Zero), bot.JoinAt);
        Assert.Equal("https://meet.example.com/room", bot.MeetingUrl);
        Assert.Equal(1, report.ScheduledCount);
    }

    [Fact]
    public void A_moved_event_moves_its_bot()
    {
        using var feed = new FeedHost();
        feed.Sync(Feed.At("a", "1000"));
        BotId id = Assert.Single(feed.Open).Id;

        CalendarSyncReport report = feed.Sync(Feed.At("a", "1130"));

        Bot bot = Assert.Single(feed.Host.Bots);
        Assert.Equal((id, 11, 30), (bot.Id, bot.JoinAt.Hour, bot.JoinAt.Minute));
        Assert.Equal(1, report.ChangedCount);
    }

    [Fact]
    public void Another_link_is_another_meeting_for_the_same_bot()
    {
        using var feed = new FeedHost();
        feed.Sync(Feed.At("a", "1000"));

        feed.Sync(Feed.At("a", "1000", "other"));

        Assert.Equal("https://meet.example.com/other", Assert.Single(feed.Host.Bots).MeetingUrl);
    }

    [Fact]
    public void A_removed_and_a_cancelled_event_cancel_their_bots()
    {
        using var feed = new FeedHost();
        feed.Sync(Feed.At("a", "1000"), Feed.At("b", "1100"));

        CalendarSyncReport report = feed.Sync(Feed.Event("b", "DTSTART:20260302T110000Z", "STATUS:CANCELLED", "URL:https://meet.example.com/room"));

        Assert.Empty(feed.Open);
        Assert.Equal(2, report.CancelledCount);
    }

    [Fact]
    public void An_event_that_is_moved_into_the_past_cancels_its_bot()
    {
        using var feed = new FeedHost();
        feed.Sync(Feed.At("a", "1000"));

        feed.Sync(Feed.At("a", "0700"));

        Assert.Equal(BotStatus.Cancelled, Assert.Single(feed.Host.Bots).Status);
    }

    [Fact]
    public void What_is_staged_is_not_changed_any_more_and_reported()
    {
        using var feed = new FeedHost();
        feed.Sync(Feed.At("a", "1000"));
        feed.Host.RunUntil(Assert.Single(feed.Open).Id, BotStatus.Staged);

        CalendarSyncReport moved = feed.Sync(Feed.At("a", "1100"));
        CalendarSyncReport removed = feed.Sync();

        CalendarRefusal refusal = Assert.Single(moved.Refusals);
        Assert.Equal(CalendarChange.Change, refusal.Change);
        Assert.Equal(BotStatus.Staged, Assert.IsType<BotStateConflictException>(refusal.Error).Actual);
        Assert.Equal(11, refusal.WantedJoinAt!.Value.Hour);
        Assert.Single(removed.Refusals);
    }

    [Fact]
    public void An_event_that_comes_back_gets_a_new_bot()
    {
        using var feed = new FeedHost();
        feed.Sync(Feed.At("a", "1000"));
        feed.Sync([]);

        feed.Sync(Feed.At("a", "1000"));

        Assert.Single(feed.Open);
        Assert.Equal(2, feed.Host.Bots.Count);
    }

    // A bot that a person called off would be in the meeting all the same if the next sync brought it back.
    [Fact]
    public void A_bot_that_somebody_else_cancelled_stays_cancelled_until_its_event_changes()
    {
        using var feed = new FeedHost();
        feed.Sync(Feed.At("a", "1000"));
        feed.Host.Run(() => feed.Host.Scheduler.CancelAsync(Assert.Single(feed.Open).Id));

        feed.Sync();
        Assert.Empty(feed.Open);

        feed.Sync(Feed.At("a", "1100"));
        Assert.Equal(11, Assert.Single(feed.Open).JoinAt.Hour);
    }

    [Fact]
    public void A_bot_that_joins_late_is_not_cancelled_because_its_event_has_begun()
    {
        using var feed = new FeedHost();
        feed.Sync(Feed.At("a", "1000"));
        feed.Host.Store.IsOut = true;
        feed.Host.RunUntil(new DateTimeOffset(2026, 3, 2, 10, 1, 0, TimeSpan.Zero));
        feed.Host.Store.IsOut = false;

        CalendarSyncReport report = feed.Sync();

        Assert.Equal((0, 1), (report.CancelledCount, report.KeptCount));
    }

    [Fact]
    public void All_day_and_declined_events_are_left_out_and_the_rule_can_be_replaced()
    {
        string[] events =
        [
            Feed.Event("day", "DTSTART;VALUE=DATE:20260303", "URL:https://meet.example.com/day"),
            Feed.Event("no", "DTSTART:20260302T100000Z", "ATTENDEE;CN=\"Me; myself\";PARTSTAT=DECLINED:mailto:Me@example.com", "URL:https://meet.example.com/no"),
            Feed.Event("yes", "DTSTART:20260302T110000Z", "ATTENDEE;PARTSTAT=DECLINED:mailto:other@example.com", "URL:https://meet.example.com/yes"),
        ];
        using var usual = new FeedHost(new CalendarFeedOptions { Owner = "me@example.com" });
        using var own = new FeedHost(new CalendarFeedOptions { Owner = "me@example.com", Accepts = meeting => meeting.IsAllDay });

        usual.Sync(events);
        own.Sync(events);

        Assert.Equal("https://meet.example.com/yes", Assert.Single(usual.Open).MeetingUrl);
        Assert.Equal("https://meet.example.com/day", Assert.Single(own.Open).MeetingUrl);
    }

    [Fact]
    public void A_feed_that_is_no_calendar_or_was_cut_off_touches_no_bot()
    {
        using var feed = new FeedHost();
        feed.Sync(Feed.At("a", "1000"));

        feed.Text = "<html>Sign in</html>";
        Assert.Throws<CalendarFeedException>(() => feed.Sync());
        feed.Text = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\n";
        Assert.Throws<CalendarFeedException>(() => feed.Sync());

        Assert.Single(feed.Open);
    }

    [Fact]
    public void An_event_that_cannot_be_read_any_more_keeps_its_bot_and_is_reported()
    {
        using var feed = new FeedHost();
        feed.Sync(Feed.At("a", "1000"));

        CalendarSyncReport report = feed.Sync(Feed.Event("a", "DTSTART:soon", "URL:https://meet.example.com/room"));

        Assert.Equal("a", Assert.Single(report.Problems).Uid);
        Assert.Single(feed.Open);
    }
}
