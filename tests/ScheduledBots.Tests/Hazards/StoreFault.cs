namespace ScheduledBots.Tests.Hazards;

/// <summary>What becomes of one call of a store.</summary>
public enum StoreFault
{
    None,

    /// <summary>It throws, and nothing was applied.</summary>
    ThrowsBefore,

    /// <summary>It is applied, but the answer is lost.</summary>
    ThrowsAfter,

    /// <summary>It is applied, but no answer ever comes.</summary>
    HangsAfter,

    /// <summary>It is applied, but its answer waits for <see cref="FaultyStore.Answers"/>.</summary>
    WaitsAfter,
}
