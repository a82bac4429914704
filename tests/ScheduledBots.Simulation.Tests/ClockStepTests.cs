using ScheduledBots.Simulation.Plans;

namespace ScheduledBots.Simulation.Tests;

/// <summary>What the one bot of the matrix feels of a wall clock that is set shortly before its instant.</summary>
public class ClockStepTests
{
    // Found with real processes: a leap shuts the gate until the next beat, which came up to an interval later.
    // Mutant: a leap asks for no beat.
    [Theory]
    [InlineData(1, 39.5)]
    [InlineData(1, 39.7)]
    [InlineData(1, 39.99)]
    [InlineData(-1, 39.5)]
    [InlineData(-1, 39.7)]
    [InlineData(-1, 39.99)]
    public void A_wall_clock_that_is_set_by_an_hour_moves_a_bot_by_the_clamp_at_most(int hours, double setAt)
    {
        var step = new Fault.ClockStep(TimeSpan.FromSeconds(setAt), TimeSpan.FromSeconds(90), Machine: 0, TimeSpan.FromHours(hours), SetBack: true);

        Matrix run = Matrix.Run([step]);

        Assert.InRange(Matrix.SecondOf(Assert.Single(run.Calls)), 40 - 0.26, 40 + 0.26);
    }
}
