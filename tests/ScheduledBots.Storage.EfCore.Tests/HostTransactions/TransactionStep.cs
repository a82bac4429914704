namespace ScheduledBots.Storage.EfCore.Tests.HostTransactions;

/// <summary>One step of a random history of transactions.</summary>
/// <param name="Key">The deduplication key of a bot to schedule, or null for none.</param>
public sealed record TransactionStep(TransactionStepKind Kind, string? Key = null);
