using ScheduledBots.Lifecycle;

namespace ScheduledBots.Simulation.Checking;

/// <summary>An invariant that did not hold.</summary>
/// <param name="Invariant">Its name.</param>
/// <param name="At">When, in true time.</param>
/// <param name="Bot">For which bot, or null.</param>
/// <param name="Words">What was found.</param>
internal sealed record Violation(string Invariant, long At, BotId? Bot, string Words);
