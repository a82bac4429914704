namespace ScheduledBots.AspNetCore.Page;

/// <summary>Where the page moves a bot to.</summary>
internal sealed record PageRescheduleBody
{
    /// <summary>ISO 8601 with an offset or Z.</summary>
    public required string JoinAt { get; init; }
}
