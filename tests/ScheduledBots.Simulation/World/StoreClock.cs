namespace ScheduledBots.Simulation.World;

/// <summary>The clock of the store, which is what true time means to nodes that share it.</summary>
internal sealed class StoreClock(Timeline timeline) : TimeProvider
{
    public override DateTimeOffset GetUtcNow() => timeline.TrueTime;
}
