namespace ScheduledBots.Calendar;

/// <summary>What a sync did.</summary>
/// <remarks>Immutable and thread-safe. <see cref="ToString"/> carries counts only.</remarks>
public sealed record CalendarSyncReport
{
    /// <summary>Whether the feed was as at the sync before, and therefore not parsed again. Bots may change all the same, as time goes on.</summary>
    public bool IsUnchanged { get; init; }

    /// <summary>How many bots were scheduled.</summary>
    public int ScheduledCount { get; init; }

    /// <summary>How many bots were moved or got another link or name.</summary>
    public int ChangedCount { get; init; }

    /// <summary>How many bots were called off.</summary>
    public int CancelledCount { get; init; }

    /// <summary>How many bots stayed as they were.</summary>
    public int KeptCount { get; init; }

    /// <summary>The changes that could not be made.</summary>
    public IReadOnlyList<CalendarRefusal> Refusals { get; init; } = [];

    /// <summary>The events that could not be read.</summary>
    public IReadOnlyList<CalendarProblem> Problems { get; init; } = [];

    /// <summary>The counts.</summary>
    /// <returns>A text fit for logs.</returns>
    public override string ToString() =>
        $"{ScheduledCount} scheduled, {ChangedCount} changed, {CancelledCount} cancelled, {KeptCount} kept, {Refusals.Count} refused, {Problems.Count} not readable";
}
