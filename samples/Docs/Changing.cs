using ScheduledBots;
using ScheduledBots.Lifecycle;

namespace Docs;

internal static class Changing
{
    public static async Task MoveAsync(IBotScheduler scheduler, Bot bot)
    {
        try
        {
            await scheduler.RescheduleAsync(bot.Id, bot.JoinAt.AddMinutes(15));
        }
        catch (BotStateConflictException tooLate)
        {
            // The bot is staged, joining or settled: tooLate.Actual says which, tooLate.EnteredAt since when.
            Console.WriteLine(tooLate.Message);
        }
    }

    public static async Task StopAsync(IBotScheduler scheduler, BotId id)
    {
        try
        {
            await scheduler.CancelAsync(id); // scheduled: called off for good
        }
        catch (BotStateConflictException conflict) when (conflict.Actual == BotStatus.Staged)
        {
            await scheduler.AbortAsync(id);  // staged: stopped, unless it is about to join
        }
    }

    public static async Task<BotId> ScheduleOnceAsync(IBotScheduler scheduler, Uri meeting, DateTimeOffset startsAt)
    {
        ScheduleResult result = await scheduler.ScheduleAsync(new BotRequest
        {
            MeetingUrl = meeting,
            Name = "Notes",
            JoinAt = startsAt,
            DeduplicationKey = "calendar-event-4711",
        });
        if (result.Lead.AtRisk)
        {
            Console.WriteLine($"accepted, but expected {result.Lead.Shortfall} late");
        }

        return result.Bot.Id; // the same for every repetition of the request, while the bot is not settled
    }

    public static async Task WhyAsync(IBotScheduler scheduler, BotId id)
    {
        BotExplanation why = await scheduler.ExplainAsync(id);
        Console.WriteLine(why.Sentence);
    }
}
