using System.Globalization;
using ScheduledBots;
using ScheduledBots.Lifecycle;

namespace QuickStart;

/// <summary>The bots of a day that is replayed: scheduled by this run, or left by an earlier one that was ended in the middle.</summary>
internal sealed class ReplayedDay(IBotScheduler scheduler, IReadOnlyList<BotId> bots)
{
    private static readonly TimeSpan Length = TimeSpan.FromSeconds(16);

    /// <summary>The day whose bots are not all settled, if there is one. Bots of one day were created at the same instant.</summary>
    public static async Task<ReplayedDay?> FindAsync(IBotScheduler scheduler)
    {
        List<Bot> all = await Patience.TryAsync(async () => await scheduler.ListAllAsync(new BotFilter()).ToListAsync());
        return all.Find(bot => !bot.IsSettled) is { } open
            ? new ReplayedDay(scheduler, [.. all.Where(bot => bot.CreatedAt == open.CreatedAt).Select(bot => bot.Id)])
            : null;
    }

    /// <summary>Schedules a bot for each meeting, with one call: in a database, all of them or none. With ids the call can be repeated.</summary>
    public static async Task<ReplayedDay> BeginAsync(IBotScheduler scheduler, WorkingDay day, DateTimeOffset firstAt)
    {
        IReadOnlyList<DateTimeOffset> instants = Replay.Compress(day.Meetings, firstAt, Length);
        BotRequest[] requests = [.. day.Meetings.Select((meeting, i) => new BotRequest
        {
            Id = BotId.New(firstAt),
            MeetingUrl = meeting.Link,
            Name = meeting.Title,
            JoinAt = instants[i],
            Metadata = meeting.StartsAt.ToString("O", CultureInfo.InvariantCulture),
        })];
        IReadOnlyList<ScheduleOutcome> outcomes = await Patience.TryAsync(() => scheduler.ScheduleManyAsync(requests));
        BotId[] bots = [.. outcomes.Select(outcome => outcome.Result?.Bot.Id ?? throw outcome.Error!)];

        // The last meeting is moved and the one before it called off, as days go; both are still far enough away.
        if (instants[^1] - instants[0] > Length / 2)
        {
            await Patience.TryAsync(() => scheduler.RescheduleAsync(bots[^1], instants[^1].AddSeconds(1)));
            await Patience.TryAsync(() => CancelAsync(scheduler, bots[^2]));
        }

        return new ReplayedDay(scheduler, bots);
    }

    public async Task<IReadOnlyList<DemoBot>> ReadAsync(DemoMeetings meetings, DateTimeOffset now)
    {
        List<DemoBot> read = [];
        foreach (BotId id in bots)
        {
            Bot bot = await Patience.TryAsync(() => scheduler.FindAsync(id)) ?? throw new InvalidOperationException($"bot {id} is gone before its retention");
            var meeting = new Meeting(bot.Name, new Uri(bot.MeetingUrl), DateTimeOffset.Parse(bot.Metadata!, CultureInfo.InvariantCulture));
            read.Add(new DemoBot(meeting, id, bot.JoinAt, bot.StatusAt(now), meetings.LatenessOf(bot)));
        }

        return read;
    }

    /// <summary>A repeated cancel finds that the first one was heard.</summary>
    private static async Task<bool> CancelAsync(IBotScheduler scheduler, BotId id)
    {
        try
        {
            await scheduler.CancelAsync(id);
            return true;
        }
        catch (BotStateConflictException conflict) when (conflict.Actual == BotStatus.Cancelled)
        {
            return false;
        }
    }
}
