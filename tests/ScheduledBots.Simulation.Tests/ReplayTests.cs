using ScheduledBots.Simulation.Running;

namespace ScheduledBots.Simulation.Tests;

/// <summary>A run that cannot be replayed proves little: the same seed is the same history, byte for byte.</summary>
public class ReplayTests
{
    private static readonly Arguments Few = new() { BotCount = 40 };

    // Mutant: Guid.CreateVersion7 for the node's name; Task.Run around the joiner; Random.Shared for the back-off.
    [Fact]
    public void The_same_seed_gives_the_same_history()
    {
        for (int seed = 1; seed <= 10; seed++)
        {
            string first = Runner.Run(Few, seed, new Cut()).Recorder.Write(), again = Runner.Run(Few, seed, new Cut()).Recorder.Write();

            Assert.Equal(first, again);
            Assert.Contains(" joining ", first, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Different_seeds_give_different_histories() =>
        Assert.NotEqual(Runner.Run(Few, 1, new Cut()).Recorder.Write(), Runner.Run(Few, 2, new Cut()).Recorder.Write());

    /// <summary>Host code, store and clock assert that they are called on the one thread of the run; this run has them all.</summary>
    [Fact]
    public void A_run_stays_on_its_thread()
    {
        Outcome outcome = Runner.Run(Few, 3, new Cut());

        Assert.DoesNotContain(outcome.Violations, violation => violation.Invariant == "E1");
    }
}
