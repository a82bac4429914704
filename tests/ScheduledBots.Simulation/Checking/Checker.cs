namespace ScheduledBots.Simulation.Checking;

/// <summary>One promise of the protocol, checked on what really happened.</summary>
internal abstract class Checker
{
    public abstract string Name { get; }

    /// <summary>The promise as a sentence.</summary>
    public abstract string Sentence { get; }

    public abstract IEnumerable<Violation> Check(Evidence evidence);

    protected Violation Violates(long at, Lifecycle.BotId? bot, string words) => new(Name, at, bot, words);
}
