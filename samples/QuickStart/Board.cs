using System.Globalization;
using ScheduledBots.Lifecycle;
using Spectre.Console;

namespace QuickStart;

/// <summary>Shows the bots: a live table in a terminal, a line for each change elsewhere. Of a link only the host is shown.</summary>
internal static class Board
{
    private static readonly TimeSpan Refresh = TimeSpan.FromMilliseconds(100);

    /// <summary>Shows until every bot is settled.</summary>
    public static async Task ShowAsync(Func<Task<IReadOnlyList<DemoBot>>> read, DemoMeetings meetings)
    {
        if (Console.IsOutputRedirected)
        {
            await ShowLinesAsync(read, meetings);
            return;
        }

        await AnsiConsole.Live(new Table()).StartAsync(async display =>
        {
            IReadOnlyList<DemoBot> bots;
            do
            {
                bots = await read();
                display.UpdateTarget(ToTable(bots, meetings));
                await Task.Delay(Refresh);
            }
            while (!bots.All(IsSettled));
        });
    }

    private static async Task ShowLinesAsync(Func<Task<IReadOnlyList<DemoBot>>> read, DemoMeetings meetings)
    {
        Dictionary<BotId, BotStatus> shown = [];
        IReadOnlyList<DemoBot> bots;
        do
        {
            bots = await read();
            foreach (DemoBot bot in bots.Where(bot => shown.GetValueOrDefault(bot.Id, (BotStatus)(-1)) != bot.Status))
            {
                shown[bot.Id] = bot.Status;
                Console.WriteLine($"{bot.Status,-9} {Clock(bot.JoinAt)}  {bot.Meeting.Title} ({bot.Meeting.Link.Host}) {Late(bot, meetings)}");
            }

            await Task.Delay(Refresh);
        }
        while (!bots.All(IsSettled));
    }

    private static Table ToTable(IReadOnlyList<DemoBot> bots, DemoMeetings meetings)
    {
        Table table = new Table().AddColumns("meeting", "at", "calendar", "JoinAt", "state", "lateness");
        foreach (DemoBot bot in bots)
        {
            table.AddRow(
                Markup.Escape(bot.Meeting.Title), Markup.Escape(bot.Meeting.Link.Host), bot.Meeting.StartsAt.ToString("HH:mm", CultureInfo.InvariantCulture),
                Clock(bot.JoinAt), Colour(bot.Status), Late(bot, meetings));
        }

        return table;
    }

    private static string Clock(DateTimeOffset instant) => instant.ToString("HH:mm:ss.fff", CultureInfo.InvariantCulture);

    private static string Colour(BotStatus status) => status switch
    {
        BotStatus.Joined => $"[green]{status}[/]",
        BotStatus.Failed => $"[red]{status}[/]",
        BotStatus.Cancelled => $"[grey]{status}[/]",
        BotStatus.Staged => $"[yellow]{status}[/]",
        _ => status.ToString(),
    };

    private static string Late(DemoBot bot, DemoMeetings meetings) =>
        meetings.Lateness.TryGetValue(bot.Id, out TimeSpan late) ? $"{late.TotalMilliseconds:0.000} ms" : "";

    private static bool IsSettled(DemoBot bot) => bot.Status >= BotStatus.Joined;
}
