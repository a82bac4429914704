namespace ScheduledBots.Peers.Entrants;

/// <summary>What every peer is told: which job, and when.</summary>
/// <param name="Index">Its place among the instants of a run; negative for a job that nobody counts.</param>
/// <param name="At">When it is to start.</param>
internal readonly record struct Job(int Index, DateTimeOffset At);
