namespace ScheduledBots.Samples.Tests;

/// <summary>Tests that run samples as processes run one after the other: what is late there must not be late for want of a core.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class Processes
{
    public const string Name = "processes";
}
