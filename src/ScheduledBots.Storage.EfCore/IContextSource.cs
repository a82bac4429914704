using Microsoft.EntityFrameworkCore;

namespace ScheduledBots.Storage.EfCore;

/// <summary>Makes a context for each call of the store, which is never the one that the host's code works with.</summary>
/// <remarks>Thread-safe. Called by the store.</remarks>
internal interface IContextSource
{
    /// <summary>The call that cures missing tables, for messages.</summary>
    string Cure { get; }

    /// <summary>The call that brings older tables up to this library, for messages.</summary>
    string UpgradeCure { get; }

    /// <summary>Whether the store may create its tables itself.</summary>
    bool CreatesTables { get; }

    /// <summary>Why bots cannot be scheduled in a transaction of a context of the host's, or null where they can.</summary>
    string? Refusal(DbContext context);

    /// <summary>A new context, and what must be disposed with it.</summary>
    LentContext Lend();
}
