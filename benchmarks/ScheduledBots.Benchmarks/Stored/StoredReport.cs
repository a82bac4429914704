namespace ScheduledBots.Benchmarks.Stored;

/// <summary>What an engine's process says about itself before it ends.</summary>
/// <param name="Owned">How many bots it owned at its end.</param>
/// <param name="PeakMegabytes">The most memory that it had resident.</param>
/// <param name="ClaimedAfterSeconds">When it owned all that it was to own.</param>
/// <param name="ClaimMilliseconds">What each of its claims took.</param>
internal sealed record StoredReport(long Owned, double PeakMegabytes, double ClaimedAfterSeconds, IReadOnlyList<double> ClaimMilliseconds);
