using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using ScheduledBots;
using ScheduledBots.Lifecycle;

namespace TwoNodes;

/// <summary>The show: two nodes share the bots that this process schedules, one is killed, and it is counted what became of them.</summary>
internal static class Show
{
    public const int BotCount = 24;
    private const int MaxTries = 5;
    private const string Victim = "node-a", Survivor = "node-b";
    private static readonly TimeSpan Spacing = TimeSpan.FromSeconds(0.8);

    public static async Task<int> RunAsync(string connection)
    {
        // This process only schedules: no engine, no allocator, no joiner.
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddBots(connection).ScheduleOnly();
        using IHost host = builder.Build();
        await host.StartAsync();
        IBotScheduler scheduler = host.Services.GetRequiredKeyedService<IBotScheduler>(Bots.Scheduler);

        ConcurrentQueue<Fact> facts = [];
        await using NodeProcess victim = NodeProcess.Start(Victim, connection, facts), survivor = NodeProcess.Start(Survivor, connection, facts);
        await UntilAsync(() => facts.Count(fact => fact.Word == Words.Ready) == 2, victim, survivor);

        DateTimeOffset now = TimeProvider.System.GetUtcNow();
        BotRequest[] requests = [.. Enumerable.Range(0, BotCount).Select(i => new BotRequest
        {
            Id = BotId.New(now),
            MeetingUrl = new Uri($"https://meet.example.com/{i}"),
            Name = $"bot {i + 1}",
            JoinAt = now.AddSeconds(8) + (i * Spacing),
        })];
        IReadOnlyList<ScheduleOutcome> outcomes = await PatientlyAsync(() => scheduler.ScheduleManyAsync(requests));
        HashSet<BotId> bots = [.. outcomes.Select(outcome => outcome.Result?.Bot.Id ?? throw outcome.Error!)];

        // The victim dies in the middle of its work: when it has joined some, and holds others.
        var board = new Board(scheduler, bots, facts);
        Task shown = board.ShowAsync();
        await UntilAsync(() => Count(Words.Joining) >= 3 && Count(Words.Claimed) > Count(Words.Joining), victim, survivor);
        victim.Kill();
        DateTimeOffset killedAt = TimeProvider.System.GetUtcNow();
        await shown;

        var outcome = new Outcome(await PatientlyAsync(board.ReadAsync), [.. facts], Survivor, killedAt);
        Console.WriteLine(outcome.Line);
        return outcome.IsGood ? 0 : 1;

        int Count(string word) => facts.Count(fact => fact.Node == Victim && fact.Word == word);
    }

    /// <summary>A database may be away for a moment. What has ids of its own, or only reads, can be done again.</summary>
    private static async Task<T> PatientlyAsync<T>(Func<Task<T>> call)
    {
        for (int tries = 1; ; tries++)
        {
            try
            {
                return await call();
            }
            catch (StoreUnavailableException) when (tries < MaxTries)
            {
                await Task.Delay(200);
            }
        }
    }

    private static async Task UntilAsync(Func<bool> condition, params NodeProcess[] nodes)
    {
        while (!condition())
        {
            if (nodes.Any(node => node.HasEnded))
            {
                throw new InvalidOperationException("A node has ended that nobody killed.");
            }

            await Task.Delay(20);
        }
    }
}
