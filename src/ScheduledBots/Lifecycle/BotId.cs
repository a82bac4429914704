using System.Diagnostics.CodeAnalysis;

namespace ScheduledBots.Lifecycle;

/// <summary>Identifies one bot. New ids are version 7 UUIDs, so they sort by the time they were made.</summary>
/// <param name="Value">The UUID.</param>
/// <remarks>Immutable and thread-safe.</remarks>
public readonly record struct BotId(Guid Value) : IComparable<BotId>, ISpanParsable<BotId>
{
    /// <summary>Makes a new id.</summary>
    /// <param name="now">The time the id carries.</param>
    /// <returns>A version 7 id.</returns>
    public static BotId New(DateTimeOffset now) => new(Guid.CreateVersion7(now));

    /// <summary>Reads an id from any UUID notation.</summary>
    /// <param name="s">The text.</param>
    /// <param name="provider">Not used: the notation knows no culture.</param>
    /// <returns>The id.</returns>
    /// <exception cref="FormatException">The text is not a UUID.</exception>
    public static BotId Parse(string s, IFormatProvider? provider = null) => new(Guid.Parse(s, provider));

    /// <inheritdoc cref="Parse(string, IFormatProvider?)"/>
    public static BotId Parse(ReadOnlySpan<char> s, IFormatProvider? provider = null) => new(Guid.Parse(s, provider));

    /// <summary>Reads an id from any UUID notation, without throwing.</summary>
    /// <param name="s">The text.</param>
    /// <param name="provider">Not used: the notation knows no culture.</param>
    /// <param name="result">The id, or the default where the text is not a UUID.</param>
    /// <returns>Whether the text is a UUID.</returns>
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out BotId result) =>
        TryParse(s.AsSpan(), provider, out result);

    /// <inheritdoc cref="TryParse(string?, IFormatProvider?, out BotId)"/>
    public static bool TryParse(ReadOnlySpan<char> s, IFormatProvider? provider, out BotId result)
    {
        bool parsed = Guid.TryParse(s, provider, out Guid value);
        result = new BotId(value);
        return parsed;
    }

    /// <inheritdoc/>
    public int CompareTo(BotId other) => Value.CompareTo(other.Value);

    /// <summary>The UUID in its hyphenated form.</summary>
    /// <returns>36 characters.</returns>
    public override string ToString() => Value.ToString();

    /// <summary>Whether the left id sorts before the right one.</summary>
    public static bool operator <(BotId left, BotId right) => left.CompareTo(right) < 0;

    /// <summary>Whether the left id sorts before the right one or equals it.</summary>
    public static bool operator <=(BotId left, BotId right) => left.CompareTo(right) <= 0;

    /// <summary>Whether the left id sorts after the right one.</summary>
    public static bool operator >(BotId left, BotId right) => left.CompareTo(right) > 0;

    /// <summary>Whether the left id sorts after the right one or equals it.</summary>
    public static bool operator >=(BotId left, BotId right) => left.CompareTo(right) >= 0;
}
