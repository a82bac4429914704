namespace ScheduledBots.Storage.EfCore.Tests.HostTransactions;

/// <summary>What a host does in its transactions; what needs a transaction begins one.</summary>
public enum TransactionStepKind
{
    /// <summary>Schedules a bot.</summary>
    Schedule,

    /// <summary>Sets a savepoint.</summary>
    Mark,

    /// <summary>Rolls back to the last savepoint, if there is one.</summary>
    Back,

    /// <summary>Commits.</summary>
    Commit,

    /// <summary>Rolls back.</summary>
    RollBack,

    /// <summary>Disposes the transaction without a word.</summary>
    Abandon,
}
