namespace ScheduledBots.Benchmarks.Wheel;

/// <summary>One row of the table; null where a structure cannot do it.</summary>
internal sealed record WheelRow(
    string Structure,
    int Count,
    string Spread,
    double InsertNs,
    double? CancelNs,
    double? ExpireNs,
    double? NextDeadlineNs,
    double BytesPerEntry,
    double? LongestAdvanceMs,
    double? StormNs);
