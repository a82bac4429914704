namespace ScheduledBots.Calendar;

/// <summary>An event that could not be read. Bots it may have are left as they are.</summary>
/// <param name="Uid">The event's UID, or null where it has none.</param>
/// <param name="Title">The event's title, or null where it has none.</param>
/// <param name="Reason">Why not.</param>
/// <remarks>Immutable and thread-safe. <see cref="ToString"/> carries the reason only.</remarks>
public sealed record CalendarProblem(string? Uid, string? Title, string Reason)
{
    /// <summary>The reason.</summary>
    /// <returns>A text fit for logs.</returns>
    public override string ToString() => Reason;
}
