using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;

namespace ScheduledBots.Calendar.Tests;

/// <summary>What holds for any two feeds: of up to six events, each absent, single, moved, cancelled, relinked, or a series with a changed occurrence.</summary>
public sealed class SyncLaws
{
    private static readonly Gen<string[]> Feeds =
        from forms in Gen.Choose(0, 7).ArrayOf(6)
        from hours in Gen.Choose(9, 20).ArrayOf(6)
        select Enumerable.Range(0, 6).Select(i => EventOf($"event-{i}", forms[i], hours[i])).Where(text => text.Length > 0).ToArray();

    // Mutant: SyncPlan.Keep takes the bots of one day for moved ones, wherever they are.
    [Property(MaxTest = 100)]
    public Property A_sync_that_is_repeated_does_nothing() => Prop.ForAll(Feeds.ToArbitrary(), events =>
    {
        using var feed = new FeedHost();
        feed.Sync(events);
        string[] before = [.. feed.Picture];

        CalendarSyncReport report = feed.Sync();

        return (report is { IsUnchanged: true, ScheduledCount: 0, ChangedCount: 0, CancelledCount: 0, Refusals.Count: 0 } && feed.Picture.SequenceEqual(before))
            .Classify(before.Length > 3, "more than three bots");
    });

    // Mutant: SyncRun.CancelAsync leaves the mark out, and an event that comes back has no bot.
    [Property(MaxTest = 100)]
    public Property Of_two_syncs_the_last_one_counts() => Prop.ForAll(Feeds.ToArbitrary(), Feeds.ToArbitrary(), (first, last) =>
    {
        using var both = new FeedHost();
        both.Sync(last);
        both.Sync(first);
        both.Sync(last);
        using var alone = new FeedHost();
        alone.Sync(last);

        return both.Picture.SequenceEqual(alone.Picture).Classify(both.Host.Bots.Count > both.Open.Count(), "bots were cancelled");
    });

    private static string EventOf(string uid, int form, int hour)
    {
        string link = $"X-GOOGLE-CONFERENCE:https://meet.example.com/{uid}-{form}";
        return form switch
        {
            0 => "",
            1 or 2 => Feed.Event(uid, $"DTSTART:20260302T{hour:00}0000Z", link),
            3 => Feed.Event(uid, $"DTSTART;TZID=Europe/Berlin:20260305T{hour:00}0000", link),
            4 => Feed.Event(uid, $"DTSTART:20260302T{hour:00}0000Z", "STATUS:CANCELLED", link),
            5 => Feed.Event(uid, "DTSTART:20260302T070000Z", link),
            6 => Feed.Event(uid, $"DTSTART;TZID=Europe/Berlin:20260302T{hour:00}0000", "RRULE:FREQ=DAILY;COUNT=5", link),
            _ => Feed.Event(uid, $"DTSTART:20260302T{hour:00}0000Z", "RRULE:FREQ=DAILY;COUNT=5", link)
                + Feed.Event(uid, $"RECURRENCE-ID:20260303T{hour:00}0000Z", $"DTSTART:20260304T{hour:00}3000Z", link),
        };
    }
}
