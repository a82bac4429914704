using FsCheck;
using FsCheck.Fluent;
using ScheduledBots.AspNetCore.Page;
using ScheduledBots.Extensibility;
using ScheduledBots.Lifecycle;

namespace ScheduledBots.AspNetCore.Tests.Page;

/// <summary>However events and reads fall between one another, a window ends up with what is true.</summary>
public sealed class PageWindowLaws
{
    private static readonly DateTimeOffset Start = new(2026, 3, 2, 8, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan Length = TimeSpan.FromHours(1);
    private static readonly BotId[] Ids = [.. Enumerable.Range(0, 8).Select(_ => BotId.New(Start))];

    /// <summary>80 steps: something happens to one of eight bots, the oldest event that waits is told, a read begins, takes its rows, or ends.</summary>
    private static readonly Gen<int[]> Script = Gen.ArrayOf(Gen.Choose(0, 9_999), 80);

    // Mutant: EndRead puts the row where an event was heard meanwhile.
    // Mutant: EndRead removes bots that were heard of while it read.
    [Fact]
    public void When_every_event_was_told_the_window_has_the_bots_as_they_are()
    {
        int heardWhileReading = 0, erased = 0, readsThatMattered = 0;

        Check.One(Config.QuickThrowOnFailure.WithMaxTest(2_000), Prop.ForAll(Arb.From(Script), script =>
        {
            var truth = new PageTruth(Start, Length);
            var window = new PageWindow(100);
            window.MoveTo(Start, Start + Length);
            var waiting = new Queue<BotEvent>();
            bool isReading = false;
            IReadOnlyList<Bot>? rows = null;

            void Hear()
            {
                if (waiting.TryDequeue(out BotEvent? told))
                {
                    heardWhileReading += isReading ? 1 : 0;
                    erased += told.Kind == BotEventKind.Erased ? 1 : 0;
                    window.Hear(told);
                }
            }

            void End()
            {
                readsThatMattered += window.EndRead(Start, Start + Length, rows ?? truth.Read()).Count > 0 ? 1 : 0;
                (isReading, rows) = (false, null);
            }

            foreach (int step in script)
            {
                switch (step % 8)
                {
                    case < 3 when truth.Step(Ids[step / 8 % Ids.Length], step / 64) is { } told: waiting.Enqueue(told); break;
                    case 3 or 4: Hear(); break;
                    case 5 when !isReading: window.BeginRead(); isReading = true; break;
                    case 6 when isReading: rows ??= truth.Read(); break;
                    case 7 when isReading: End(); break;
                    default: break;
                }
            }

            if (isReading)
            {
                End();
            }

            while (waiting.Count > 0)
            {
                Hear();
            }

            Assert.Equal(
                truth.Read().Select(bot => (bot.Id, bot.Status, bot.JoinAt)).OrderBy(bot => bot.Id),
                window.Bots.Select(entry => (Id: entry.Key, entry.Value.Status, entry.Value.JoinAt)).OrderBy(bot => bot.Id));
            return true;
        }));

        Assert.True(heardWhileReading > 1_000 && erased > 1_000 && readsThatMattered > 1_000, $"{heardWhileReading}, {erased}, {readsThatMattered}");
    }

    // Mutant: Hear without its look at whether the bot is settled.
    [Fact]
    public void An_event_that_comes_late_takes_no_settled_bot_back()
    {
        var truth = new PageTruth(Start, Length);
        var window = new PageWindow(100);
        window.MoveTo(Start, Start + Length);
        BotEvent scheduled = truth.Step(Ids[0], 0)!;
        truth.Step(Ids[0], 1);
        window.BeginRead();
        window.EndRead(Start, Start + Length, truth.Read());

        Assert.False(window.Hear(scheduled));
        Assert.Equal(BotStatus.Cancelled, window.Bots[Ids[0]].Status);
    }

    [Fact]
    public void A_window_holds_no_more_than_its_capacity_and_says_so()
    {
        var truth = new PageTruth(Start, Length);
        var window = new PageWindow(2);
        window.MoveTo(Start, Start + Length);

        foreach (BotId id in Ids)
        {
            window.Hear(truth.Step(id, 0)!);
        }

        Assert.Equal(2, window.Bots.Count);
        Assert.True(window.IsCut);
    }

    [Fact]
    public void What_time_has_left_behind_is_forgotten()
    {
        var truth = new PageTruth(Start, Length);
        var window = new PageWindow(100);
        window.MoveTo(Start, Start + Length);
        window.Hear(truth.Step(Ids[0], 0)!);

        window.MoveTo(Start + (Length / 2), Start + (2 * Length));

        Assert.Empty(window.Bots);
    }
}
