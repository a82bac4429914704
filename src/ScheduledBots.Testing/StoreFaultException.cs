namespace ScheduledBots.Testing;

/// <summary>What a <see cref="FaultyStore"/> throws where it was told to.</summary>
/// <param name="verb">The verb of <see cref="Storage.IBotStore"/>.</param>
/// <param name="fault">What went wrong.</param>
public sealed class StoreFaultException(string verb, StoreFault fault)
    : Exception($"{verb} failed as the test asked for: {fault}. Whoever called cannot tell whether it was applied.")
{
    /// <summary>The verb of <see cref="Storage.IBotStore"/>.</summary>
    public string Verb { get; } = verb;

    /// <summary>What went wrong.</summary>
    public StoreFault Fault { get; } = fault;
}
