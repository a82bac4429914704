namespace ScheduledBots.Testing;

/// <summary>What one allocator call does, and after how long.</summary>
/// <remarks>Immutable and thread-safe; made by its factories, varied by <c>with</c>.</remarks>
public sealed record AllocationScript
{
    private AllocationScript(AllocationScriptKind kind, TimeSpan after)
    {
        Kind = kind;
        After = after;
    }

    /// <summary>What it comes to.</summary>
    public AllocationScriptKind Kind { get; }

    /// <summary>How long the call takes.</summary>
    public TimeSpan After { get; init; }

    /// <summary>The words of an exception.</summary>
    public string Reason { get; init; } = "as scripted";

    /// <summary>Whether another node could use what it delivers.</summary>
    public bool IsPortable { get; init; }

    /// <summary>Whether the call goes on when it is cancelled, as code does that listens to no token: what it delivers then comes too late.</summary>
    public bool IgnoresCancellation { get; init; }

    /// <summary>An allocation.</summary>
    /// <param name="after">How long the call takes.</param>
    /// <returns>The script.</returns>
    public static AllocationScript Delivers(TimeSpan after = default) => new(AllocationScriptKind.Delivers, after);

    /// <summary>Null, which no allocator should return.</summary>
    /// <param name="after">How long the call takes.</param>
    /// <returns>The script.</returns>
    public static AllocationScript ReturnsNothing(TimeSpan after = default) => new(AllocationScriptKind.ReturnsNothing, after);

    /// <summary>The call throws an <see cref="InvalidOperationException"/>.</summary>
    /// <param name="after">How long the call takes; zero throws before the first await.</param>
    /// <returns>The script.</returns>
    public static AllocationScript Throws(TimeSpan after = default) => new(AllocationScriptKind.Throws, after);

    /// <summary>The call never returns by itself.</summary>
    /// <returns>The script.</returns>
    public static AllocationScript Hangs() => new(AllocationScriptKind.Hangs, Timeout.InfiniteTimeSpan);
}
