using FsCheck;
using FsCheck.Fluent;
using ScheduledBots.Execution;
using ScheduledBots.Planning;
using ScheduledBots.Tests.Lifecycle;

namespace ScheduledBots.Tests.Execution;

public class SignalQueueLaws
{
    private static readonly DateTimeOffset Start = new(2030, 1, 1, 9, 0, 0, TimeSpan.Zero);

    /// <summary>The instants of stored bots, in minutes; in between, null where a claim begins.</summary>
    private static readonly Gen<IList<int?>> Script =
        Gen.Frequency((9, Gen.Choose(0, 500).Select(minutes => (int?)minutes)), (1, Gen.Constant<int?>(null))).ListOf(40).Select(steps => (IList<int?>)[.. steps]);

    // Mutant: a claim that begins forgets nothing. Mutant: an earlier bot is left out too. Mutant: a later one is told of.
    [Fact]
    public void The_loop_is_told_of_each_bot_that_is_due_earlier_than_all_that_no_claim_has_seen_and_of_no_other()
    {
        int told = 0, spared = 0;

        Law.Holds(Script, script =>
        {
            var queue = new SignalQueue();
            int woken = 0;
            queue.Open(() => woken++);
            DateTimeOffset earliest = DateTimeOffset.MaxValue;
            foreach (int? step in script)
            {
                if (step is not { } minutes)
                {
                    queue.ClaimBegins();
                    earliest = DateTimeOffset.MaxValue;
                    continue;
                }

                DateTimeOffset joinAt = Start.AddMinutes(minutes);
                woken = 0;
                Assert.True(queue.NudgeAsync(joinAt).AsTask().IsCompletedSuccessfully);
                bool isNews = joinAt < earliest;
                Assert.Equal(isNews ? 1 : 0, woken);
                Assert.Equal(isNews, queue.TryRead(out Signal? signal));
                Assert.Equal(isNews ? joinAt : null, (signal as Signal.Nudged)?.JoinAt);
                earliest = isNews ? joinAt : earliest;
                _ = isNews ? told++ : spared++;
            }
        });

        Assert.True(told > 200 && spared > 1_000, $"{told} bots were told of, {spared} were not");
    }
}
