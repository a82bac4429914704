using ScheduledBots.Simulation.History;

namespace ScheduledBots.Simulation.Checking;

internal sealed class NothingFalters : Checker
{
    public override string Name => "E1";

    public override string Sentence => "No turn of an engine's loop fails, and nothing an engine runs throws.";

    public override IEnumerable<Violation> Check(Evidence evidence) =>
        evidence.Entries.OfType<Entry.Faltered>().Select(faltered => Violates(faltered.At, null, faltered.Words));
}
