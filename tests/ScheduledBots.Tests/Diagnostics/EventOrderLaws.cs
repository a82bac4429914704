using FsCheck;
using FsCheck.Fluent;
using ScheduledBots.Diagnostics;
using ScheduledBots.Extensibility;
using ScheduledBots.Lifecycle;
using ScheduledBots.Tests.Lifecycle;

namespace ScheduledBots.Tests.Diagnostics;

public sealed class EventOrderLaws
{
    private static readonly BotId[] Ids = [.. Enumerable.Range(0, 3).Select(_ => BotId.New(Examples.Noon))];

    /// <summary>Up to 60 steps: send a write, let a running one be applied to one of three bots, let an applied one be answered.</summary>
    private static readonly Gen<int[]> Script = Gen.ArrayOf(Gen.Choose(0, 999), 60);

    // Mutant: a place is taken by the event that asked for it, not by the earliest of its bot.
    // Mutant: an event waits for no ticket.
    [Fact]
    public void The_events_of_a_bot_are_told_in_the_order_of_their_writes_however_answers_overtake()
    {
        int overtaken = 0;

        Law.Holds(Script, script =>
        {
            var told = new List<BotEvent>();
            var order = new EventOrder(told.Add);
            var versions = new long[Ids.Length];
            var sent = new List<long>();
            var applied = new List<(long Ticket, BotEvent Event, int Sequence)>();
            int sequence = 0;
            void Answer(int index)
            {
                (long ticket, BotEvent botEvent, int when) = applied[index];
                overtaken += applied.Any(other => other.Event.Id == botEvent.Id && other.Sequence < when) ? 1 : 0;
                applied.RemoveAt(index);
                order.End(ticket, [botEvent]);
            }

            foreach (int step in script)
            {
                if (step % 3 == 0)
                {
                    sent.Add(order.Begin());
                }
                else if (step % 3 == 1 && sent.Count > 0)
                {
                    int index = step / 3 % sent.Count, bot = step / 7 % Ids.Length;
                    applied.Add((sent[index], Event(Ids[bot], ++versions[bot]), sequence++));
                    sent.RemoveAt(index);
                }
                else if (applied.Count > 0)
                {
                    Answer(step / 3 % applied.Count);
                }
            }

            sent.ForEach(ticket => order.End(ticket, []));
            while (applied.Count > 0)
            {
                Answer(applied.Count - 1);
            }

            foreach ((BotId id, long last) in Ids.Zip(versions))
            {
                Assert.Equal(Enumerable.Range(1, (int)last).Select(version => (long)version), told.Where(one => one.Id == id).Select(one => one.Version));
            }
        });

        Assert.True(overtaken > 100, $"only {overtaken} answers overtook another");
    }

    [Fact]
    public void A_write_that_never_answers_does_not_hold_everything_back()
    {
        var told = new List<BotEvent>();
        var order = new EventOrder(told.Add);
        order.Begin();

        for (int i = 1; i <= EventOrder.MaxWaiting + 1; i++)
        {
            order.End(order.Begin(), [Event(Ids[0], i)]);
        }

        Assert.Equal(1, Assert.Single(told).Version);
    }

    private static BotEvent Event(BotId id, long version) => new()
    {
        Kind = BotEventKind.Updated,
        Scheduler = "",
        Id = id,
        Tenant = "",
        To = BotStatus.Scheduled,
        At = Examples.Noon,
        JoinAt = Examples.Noon,
        Version = version,
    };
}
