namespace ScheduledBots.Timing;

/// <summary>What the trusted clock says at one instant.</summary>
/// <param name="Now">The join clock: the wall clock, clamped.</param>
/// <param name="Lower">The store's clock is not earlier.</param>
/// <param name="Upper">The store's clock is not later.</param>
/// <param name="Step">How far the wall clock stepped beyond the allowed skew; set in the first reading that sees it, else null.</param>
internal readonly record struct ClockReading(DateTimeOffset Now, DateTimeOffset Lower, DateTimeOffset Upper, TimeSpan? Step);
