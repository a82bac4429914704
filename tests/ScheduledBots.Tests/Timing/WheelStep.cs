namespace ScheduledBots.Tests.Timing;

/// <summary>One step of a script for the wheel.</summary>
/// <param name="Kind">What is done.</param>
/// <param name="Ticks">How far after the current tick (below zero: before it); for a cancel, which handle.</param>
internal readonly record struct WheelStep(WheelStepKind Kind, long Ticks);
