namespace ScheduledBots.Calendar.Sources;

/// <summary>What a server said about the version it gave, to be asked about next time.</summary>
internal sealed record SourceMark(string? ETag, DateTimeOffset? LastModifiedAt);
