using ScheduledBots.Lifecycle;

namespace ScheduledBots.Calendar.Syncing;

/// <summary>
/// Compares what a feed wants with the bots that there are. Pure: it is told the time. What it orders depends on these two alone and on
/// nothing that an earlier sync remembers, which is why a sync may be repeated, missed, or made by another node.
/// </summary>
internal sealed class SyncPlan
{
    private readonly List<SyncStep> _steps = [];
    private readonly string _feed;
    private readonly CalendarFeedOptions _options;
    private readonly DateTimeOffset _now;

    private SyncPlan(string feed, CalendarFeedOptions options, DateTimeOffset now)
    {
        _feed = feed;
        _options = options;
        _now = now;
    }

    public IReadOnlyList<SyncStep> Steps => _steps;

    /// <summary>How many bots stay as they are.</summary>
    public int KeptCount { get; private set; }

    public static SyncPlan Make(string feed, CalendarFeedOptions options, CalendarMeetings found, IEnumerable<Bot> bots, DateTimeOffset now)
    {
        var plan = new SyncPlan(feed, options, now);
        ILookup<string, Bot> byKey = bots.ToLookup(bot => bot.DeduplicationKey!, StringComparer.Ordinal);
        Dictionary<string, CalendarMeeting> wanted = new(StringComparer.Ordinal);
        foreach (CalendarMeeting meeting in found.Meetings)
        {
            if (meeting is { IsCancelled: false, MeetingUrl: not null } && options.Accepts(meeting))
            {
                wanted[MeetingKey.Of(feed, meeting)] = meeting;
            }
        }

        HashSet<string> unclear = [.. found.Problems.Select(problem => problem.Uid).OfType<string>().Select(uid => MeetingKey.EventPrefix(feed, uid))];
        foreach ((string key, CalendarMeeting meeting) in wanted)
        {
            plan.Want(key, meeting, [.. byKey[key]]);
        }

        foreach (IGrouping<string, Bot> rest in byKey.Where(group => !wanted.ContainsKey(group.Key)))
        {
            // What could not be read may be there still: its bots are left alone, and the problem is in the report.
            bool isUnclear = unclear.Contains(rest.Key[..(rest.Key.LastIndexOf(':') + 1)]);
            foreach (Bot bot in rest)
            {
                plan.Drop(bot, isUnclear);
            }
        }

        return plan;
    }

    private void Want(string key, CalendarMeeting meeting, Bot[] bots)
    {
        Bot? open = Array.Find(bots, bot => !bot.IsSettled);
        Bot? ended = Array.Find(bots, bot => bot.IsSettled && IsFor(bot, meeting) && !BotNote.IsWithdrawn(bot));
        if (open is not null)
        {
            Keep(open, meeting);
        }
        else if (ended is not null)
        {
            // Somebody cancelled or aborted it, or it joined or failed: the event is as it was, and gets no second one.
            KeptCount++;
        }
        else if (meeting.StartsAt > _now)
        {
            _steps.Add(new SyncStep.Create(RequestFor(key, meeting)));
        }

        foreach (Bot bot in bots)
        {
            if (bot.IsSettled && bot != ended)
            {
                Withdraw(bot);
            }
        }
    }

    private void Keep(Bot bot, CalendarMeeting meeting)
    {
        DateTimeOffset joinAt = meeting.StartsAt.ToUniversalTime();
        bool isMoved = bot.JoinAt != joinAt;
        bool isLinked = bot.MeetingUrl == meeting.MeetingUrl!.AbsoluteUri;
        bool isNamed = bot.Name == _options.BotName;
        if (!isMoved && isLinked && isNamed)
        {
            KeptCount++;
        }
        else if (isMoved && joinAt <= _now)
        {
            // Moved into the past: it is over, or goes on already.
            _steps.Add(new SyncStep.Cancel(bot));
        }
        else
        {
            _steps.Add(new SyncStep.Change(bot, new BotUpdate
            {
                JoinAt = isMoved ? joinAt : null,
                MeetingUrl = isLinked ? null : meeting.MeetingUrl,
                Name = isNamed ? null : _options.BotName,
            }));
        }
    }

    private void Drop(Bot bot, bool isUnclear)
    {
        if (bot.IsSettled)
        {
            if (!isUnclear)
            {
                Withdraw(bot);
            }
        }
        else if (isUnclear)
        {
            KeptCount++;
        }
        else
        {
            _steps.Add(new SyncStep.Cancel(bot));
        }
    }

    private void Withdraw(Bot bot)
    {
        if (bot.JoinAt > _now && BotNote.IsOurs(bot) && !BotNote.IsWithdrawn(bot))
        {
            _steps.Add(new SyncStep.Withdraw(bot));
        }
    }

    private static bool IsFor(Bot bot, CalendarMeeting meeting) => bot.JoinAt == meeting.StartsAt && bot.MeetingUrl == meeting.MeetingUrl!.AbsoluteUri;

    private BotRequest RequestFor(string key, CalendarMeeting meeting) => new()
    {
        MeetingUrl = meeting.MeetingUrl!,
        Name = _options.BotName,
        JoinAt = meeting.StartsAt.ToUniversalTime(),
        Tenant = _options.Tenant,
        DeduplicationKey = key,
        Metadata = BotNote.Of(_feed, meeting),
    };
}
