using ScheduledBots.Lifecycle;

namespace ScheduledBots.Simulation.Plans;

/// <summary>One bot: how it is asked for, what callers do to it, and how the host's code treats it.</summary>
internal sealed record BotPlan
{
    public required int Number { get; init; }

    public required BotId Id { get; init; }

    /// <summary>When it is scheduled, in true time.</summary>
    public required TimeSpan CreateAt { get; init; }

    /// <summary>Through which machine's scheduler.</summary>
    public required int Machine { get; init; }

    /// <summary>Its JoinAt, in true time, or null for an ad-hoc bot.</summary>
    public required TimeSpan? JoinAt { get; init; }

    /// <summary>Bots that share a key are one request sent again.</summary>
    public string? DeduplicationKey { get; init; }

    /// <summary>Whether its allocations can be used on another node.</summary>
    public bool IsPortable { get; init; }

    /// <summary>One act for each allocator call; after the last one it delivers.</summary>
    public IReadOnlyList<AllocationAct> Allocations { get; init; } = [];

    /// <summary>One act for each joiner call; after the last one it joins.</summary>
    public IReadOnlyList<JoinAct> Joins { get; init; } = [];

    public IReadOnlyList<CallerAct> Acts { get; init; } = [];
}
