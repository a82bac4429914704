using System.Globalization;
using ScheduledBots.Lifecycle;
using Spectre.Console;

namespace QuickStart;

/// <summary>Shows the bots: a live table in a terminal, a line for each change elsewhere. Of a link only the host is shown.</summary>
internal static class Board
{
    private const int StateWidth = 9;
    private const int LatenessWidth = 12;

    private static readonly TimeSpan Refresh = TimeSpan.FromMilliseconds(100);

    /// <summary>Shows until every bot is settled.</summary>
    public static async Task ShowAsync(Func<Task<IReadOnlyList<DemoBot>>> read)
    {
        if (Console.IsOutputRedirected)
        {
            await ShowLinesAsync(read);
            return;
        }

        await AnsiConsole.Live(new Table()).StartAsync(async display =>
        {
            IReadOnlyList<DemoBot> bots;
            do
            {
                bots = await read();
                display.UpdateTarget(ToTable(bots));
                await Task.Delay(Refresh);
            }
            while (!bots.All(bot => bot.IsSettled));
        });
    }

    private static async Task ShowLinesAsync(Func<Task<IReadOnlyList<DemoBot>>> read)
    {
        Dictionary<BotId, BotStatus> shown = [];
        IReadOnlyList<DemoBot> bots;
        do
        {
            bots = await read();
            foreach (DemoBot bot in bots.Where(bot => shown.GetValueOrDefault(bot.Id, (BotStatus)(-1)) != bot.Status))
            {
                shown[bot.Id] = bot.Status;
                Console.WriteLine($"{bot} {Late(bot)}");
            }

            await Task.Delay(Refresh);
        }
        while (!bots.All(bot => bot.IsSettled));
    }

    private static Table ToTable(IReadOnlyList<DemoBot> bots)
    {
        // The last columns change while one looks: their width does not, so that the table stands still.
        Table table = new Table()
            .AddColumns("meeting", "at", "calendar", "JoinAt")
            .AddColumn(new TableColumn("state").Width(StateWidth))
            .AddColumn(new TableColumn("lateness").RightAligned().Width(LatenessWidth));

        // Meetings of other zones are shown at the first one's local time, like a calendar shows them; so they are in order.
        TimeSpan offset = bots.Count == 0 ? TimeSpan.Zero : bots[0].Meeting.StartsAt.Offset;
        foreach (DemoBot bot in bots)
        {
            table.AddRow(
                Markup.Escape(bot.Meeting.Title), Markup.Escape(bot.Meeting.Link.Host), bot.Meeting.StartsAt.ToOffset(offset).ToString("HH:mm", CultureInfo.InvariantCulture),
                Clock(bot.JoinAt), Colour(bot.Status), Late(bot));
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

    private static string Late(DemoBot bot) => bot.Lateness is { } late ? $"{late.TotalMilliseconds:0.000} ms" : "";
}
