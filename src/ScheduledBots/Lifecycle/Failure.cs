namespace ScheduledBots.Lifecycle;

/// <summary>Why a bot, or one try for it, failed.</summary>
/// <param name="Reason">The kind of failure.</param>
/// <param name="Detail">What the host's code said, at most <see cref="MaxDetailLength"/> characters, or null.</param>
/// <remarks>Immutable and thread-safe. <see cref="ToString"/> carries the reason only: details are the host's words.</remarks>
public sealed record Failure(FailureReason Reason, string? Detail = null)
{
    /// <summary>The longest detail kept, in characters; what is longer is cut.</summary>
    public const int MaxDetailLength = 1024;

    /// <summary>What the host's code said, or null.</summary>
    public string? Detail { get; } = Detail is { Length: > MaxDetailLength } ? Cut(Detail) : Detail;

    /// <summary>The reason.</summary>
    /// <returns>The reason's name, without the detail.</returns>
    public override string ToString() => Reason.ToString();

    // Never inside a surrogate pair: half a character is no text, and a database that speaks UTF-8 would refuse the row.
    private static string Cut(string detail) =>
        detail[..(char.IsHighSurrogate(detail[MaxDetailLength - 1]) ? MaxDetailLength - 1 : MaxDetailLength)];
}
