namespace ScheduledBots.Calendar.Sources;

/// <summary>What a source gave.</summary>
/// <param name="Bytes">The feed, or null where it is as it was.</param>
/// <param name="Mark">What to ask with next time, or null where the source knows no versions.</param>
internal sealed record SourceAnswer(byte[]? Bytes, SourceMark? Mark);
