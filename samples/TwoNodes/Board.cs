using System.Collections.Concurrent;
using System.Globalization;
using ScheduledBots;
using ScheduledBots.Lifecycle;
using Spectre.Console;

namespace TwoNodes;

/// <summary>Shows the bots and who has them: a live table in a terminal, a line for each change elsewhere.</summary>
internal sealed class Board(IBotScheduler scheduler, HashSet<BotId> bots, ConcurrentQueue<Fact> facts)
{
    private static readonly TimeSpan Refresh = TimeSpan.FromMilliseconds(200);

    /// <summary>Shows until every bot is settled.</summary>
    public async Task ShowAsync()
    {
        if (Console.IsOutputRedirected)
        {
            HashSet<string> shown = [];
            await EachAsync(rows => rows.Select(row => string.Join("  ", row)).Where(shown.Add).ToList().ForEach(Console.WriteLine));
            return;
        }

        await AnsiConsole.Live(new Table()).StartAsync(display => EachAsync(rows =>
        {
            Table table = new Table().AddColumns("bot", "JoinAt", "state    ", "node  ", "lateness     ");
            rows.ForEach(row => table.AddRow(row));
            display.UpdateTarget(table);
        }));
    }

    public async Task<IReadOnlyList<Bot>> ReadAsync() =>
        await scheduler.ListAllAsync(new BotFilter { PageSize = BotFilter.MaxPageSize }).Where(bot => bots.Contains(bot.Id)).ToListAsync();

    private async Task EachAsync(Action<List<string[]>> show)
    {
        IReadOnlyList<Bot> read = [];
        while (read.Count < bots.Count || !read.All(bot => bot.IsSettled))
        {
            try
            {
                read = await ReadAsync();
                show([.. read.Select(Row)]);
            }
            catch (StoreUnavailableException)
            {
                // It is asked again in a moment; the nodes go on without us.
            }

            await Task.Delay(Refresh);
        }
    }

    private string[] Row(Bot bot)
    {
        Fact? holder = facts.LastOrDefault(fact => fact.Bot == bot.Id);
        string taken = holder?.Word == Words.Adopted || facts.Any(fact => fact.Bot == bot.Id && fact.Word == Words.Adopted) ? " (taken over)" : "";
        return
        [
            bot.Name,
            bot.JoinAt.ToString("HH:mm:ss.f", CultureInfo.InvariantCulture),
            $"{bot.StatusAt(TimeProvider.System.GetUtcNow())}",
            $"{holder?.Node}{taken}",
            bot is JoinedBot joined ? $"{joined.Lateness.TotalMilliseconds:0.0} ms" : "",
        ];
    }
}
