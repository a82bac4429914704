using System.Text;

namespace ScheduledBots.Lifecycle;

/// <summary>Why a bot, or one try for it, failed.</summary>
/// <param name="Reason">The kind of failure.</param>
/// <param name="Detail">What the host's code said, at most <see cref="MaxDetailLength"/> characters, or null.</param>
/// <remarks>Immutable and thread-safe. <see cref="ToString"/> carries the reason only: details are the host's words.</remarks>
public sealed record Failure(FailureReason Reason, string? Detail = null)
{
    /// <summary>The longest detail kept, in characters; what is longer is cut.</summary>
    public const int MaxDetailLength = 1024;

    /// <summary>What the host's code said, or null; always text that every database can keep.</summary>
    public string? Detail { get; } = Detail is null ? null : Clean(Cut(Detail));

    /// <summary>The reason.</summary>
    /// <returns>The reason's name, without the detail.</returns>
    public override string ToString() => Reason.ToString();

    // Never inside a surrogate pair: half a character is no text, and a database that speaks UTF-8 would refuse the row.
    private static string Cut(string detail) =>
        detail.Length <= MaxDetailLength ? detail : detail[..(char.IsHighSurrogate(detail[MaxDetailLength - 1]) ? MaxDetailLength - 1 : MaxDetailLength)];

    // The host's words may hold halves of characters of their own, or a null character, which some databases refuse.
    private static string Clean(string detail)
    {
        StringBuilder? clean = null;
        for (int i = 0; i < detail.Length; i++)
        {
            if (char.IsSurrogatePair(detail, i))
            {
                i++;
            }
            else if (detail[i] == '\0' || char.IsSurrogate(detail[i]))
            {
                clean ??= new StringBuilder(detail);
                clean[i] = '\uFFFD';
            }
        }

        return clean?.ToString() ?? detail;
    }
}
