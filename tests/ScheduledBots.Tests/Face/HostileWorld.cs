using ScheduledBots.Lifecycle;

namespace ScheduledBots.Tests.Face;

/// <summary>Makes one hostile call after the other and remembers which bots came of it.</summary>
internal sealed class HostileWorld(IBotScheduler scheduler, HostileTexts texts, DateTimeOffset now)
{
    private readonly List<string> _cursors = [];
    private readonly List<BotId> _known = [];

    public HashSet<BotId> Created { get; } = [];

    public int PageCount { get; private set; }

    public Task CallAsync() => texts.Next(20) switch
    {
        < 7 => ScheduleAsync(),
        7 => ScheduleManyAsync(),
        < 11 => scheduler.UpdateAsync(Id(), texts.Chance(30) ? null! : Update(), texts.Chance(3) ? texts.Next(4) - 1 : null),
        11 => scheduler.RescheduleAsync(Id(), texts.Instant(now) ?? default),
        12 => texts.Chance(2) ? scheduler.CancelAsync(Id()) : scheduler.AbortAsync(Id()),
        13 => EraseAsync(Id()),
        14 => texts.Chance(2) ? scheduler.ExplainAsync(Id()) : scheduler.HistoryAsync(Id()),
        15 => scheduler.ForTenant(texts.Text()!).ListAsync(Filter()),
        _ => ListAsync(),
    };

    private async Task ScheduleAsync()
    {
        ScheduleResult result = await scheduler.ScheduleAsync(texts.Chance(50) ? null! : Request());
        Keep(result);
    }

    private async Task ScheduleManyAsync()
    {
        BotRequest[] requests = [.. Enumerable.Range(0, texts.Next(8)).Select(_ => texts.Chance(20) ? null! : Request())];
        IReadOnlyList<ScheduleOutcome> outcomes = await scheduler.ScheduleManyAsync(requests);
        Assert.Equal(requests.Length, outcomes.Count);
        foreach (ScheduleOutcome outcome in outcomes)
        {
            Assert.True(outcome.Result is null != outcome.Error is null, "one of the two");
            if (outcome.Result is { } result)
            {
                Keep(result);
            }
        }
    }

    private async Task EraseAsync(BotId id)
    {
        await scheduler.EraseAsync(id);
        Created.Remove(id);
    }

    private async Task ListAsync()
    {
        BotPage page = await scheduler.ListAsync(texts.Chance(50) ? null! : Filter());
        PageCount++;
        if (page.NextCursor is { } cursor)
        {
            _cursors.Add(cursor);
        }
    }

    private void Keep(ScheduleResult result)
    {
        if (result.Created)
        {
            Created.Add(result.Bot.Id);
            _known.Add(result.Bot.Id);
        }
    }

    private BotRequest Request() => new()
    {
        MeetingUrl = texts.Address()!,
        Name = texts.Text()!,
        JoinAt = texts.Instant(now),
        Metadata = texts.Text(),
        DeduplicationKey = texts.Chance(2) ? null : texts.Text(),
        Tenant = texts.Chance(2) ? "" : texts.Text()!,
        Id = texts.Chance(4) ? Id() : null,
    };

    private BotUpdate Update() => new()
    {
        JoinAt = texts.Chance(2) ? null : texts.Instant(now),
        MeetingUrl = texts.Chance(2) ? null : texts.Address(),
        Name = texts.Chance(2) ? null : texts.Text(),
        Metadata = texts.Chance(2) ? null : texts.Text(),
    };

    private BotFilter Filter() => new()
    {
        Status = texts.Chance(2) ? null : (BotStatus)(texts.Next(9) - 1),
        Tenant = texts.Chance(2) ? null : texts.Text(),
        From = texts.Chance(2) ? null : texts.Instant(now),
        Until = texts.Chance(2) ? null : texts.Instant(now),
        Cursor = texts.Chance(2) ? null : Cursor(),
        PageSize = texts.Chance(3) ? texts.Pick([0, -1, int.MinValue, int.MaxValue, 1, 1_000, 1_001]) : 1 + texts.Next(50),
    };

    private string? Cursor()
    {
        if (_cursors.Count == 0 || texts.Chance(3))
        {
            return texts.Text();
        }

        string cursor = texts.Pick(_cursors);
        int at = texts.Next(cursor.Length);
        return texts.Next(4) switch
        {
            0 => cursor[..at],
            1 => cursor[..at] + (char)texts.Next(128) + cursor[(at + 1)..],
            2 => cursor + texts.Text(),
            _ => cursor,
        };
    }

    private BotId Id() => texts.Next(4) switch
    {
        0 => default,
        1 => BotId.New(now),
        _ => _known.Count == 0 ? default : texts.Pick(_known),
    };
}
