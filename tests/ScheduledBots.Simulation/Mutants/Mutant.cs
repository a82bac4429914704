namespace ScheduledBots.Simulation.Mutants;

/// <summary>One slip of the protocol, as an edit of the sources.</summary>
/// <param name="Name">What people call it.</param>
/// <param name="File">The file below <c>src</c>.</param>
/// <param name="Find">The text that is there exactly once.</param>
/// <param name="Replace">What the slip makes of it.</param>
internal sealed record Mutant(string Name, string File, string Find, string Replace);
