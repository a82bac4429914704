namespace ScheduledBots.Tests.Planning;

/// <summary>One step of a script: what happens, and a number that says to whom, when or how far.</summary>
internal readonly record struct AgendaStep(int Kind, int Milliseconds);
