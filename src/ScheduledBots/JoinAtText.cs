using System.Diagnostics.CodeAnalysis;
using ScheduledBots.Timing;

namespace ScheduledBots;

/// <summary>
/// Reads a join instant from text: an ISO 8601 date and time with an offset or <c>Z</c>, as in <c>2026-03-02T09:00:00Z</c>,
/// <c>2026-03-02T10:00:00.5+01:00</c> or <c>2026-03-02T10:00+01:00</c>. A text without an offset is refused, never guessed.
/// </summary>
/// <remarks>
/// <para>Thread-safe. Strict: the extended form with a capital <c>T</c> and <c>Z</c>, four digits of year, a real day of the
/// Gregorian calendar, hours 00 to 23, offsets from -14:00 to +14:00 written with hours and minutes; no leap second, no week dates,
/// no blanks. Seconds may be left out; a fraction may have any number of digits within <see cref="MaxLength"/>.</para>
/// <para>Problems are told without repeating the text, so that they can be logged and shown.</para>
/// </remarks>
public static class JoinAtText
{
    /// <summary>The longest text that is looked at, in characters.</summary>
    public const int MaxLength = 64;

    /// <summary>Reads an instant.</summary>
    /// <param name="text">The text.</param>
    /// <returns>The instant in UTC, rounded up to the microsecond: never earlier than what was written.</returns>
    /// <exception cref="ArgumentNullException">There is no text.</exception>
    /// <exception cref="FormatException">The text is no such instant; the message says what is wrong and what is wanted.</exception>
    public static DateTimeOffset Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return TryParse(text, out DateTimeOffset joinAt, out string? problem) ? joinAt : throw new FormatException(problem);
    }

    /// <summary>Reads an instant, without throwing.</summary>
    /// <param name="text">The text.</param>
    /// <param name="joinAt">The instant in UTC, rounded up to the microsecond, or the default where there is none.</param>
    /// <returns>Whether the text is such an instant.</returns>
    public static bool TryParse([NotNullWhen(true)] string? text, out DateTimeOffset joinAt) => TryParse(text, out joinAt, out _);

    /// <summary>Reads an instant, without throwing.</summary>
    /// <param name="text">The text.</param>
    /// <param name="joinAt">The instant in UTC, rounded up to the microsecond, or the default where there is none.</param>
    /// <param name="problem">What is wrong and what is wanted, for the person who wrote the text; or null.</param>
    /// <returns>Whether the text is such an instant.</returns>
    public static bool TryParse([NotNullWhen(true)] string? text, out DateTimeOffset joinAt, [NotNullWhen(false)] out string? problem)
    {
        joinAt = default;
        string? found = text is null ? "is missing"
            : text.Length > MaxLength ? $"has {text.Length} characters, at most {MaxLength} are read"
            : Read(text, out joinAt);
        problem = found is null ? null : $"JoinAt {found}; write it like 2026-03-02T09:00:00Z or 2026-03-02T10:00:00+01:00.";
        return found is null;
    }

    /// <summary>Reads from left to right.</summary>
    /// <returns>What is wrong, or null.</returns>
    private static string? Read(ReadOnlySpan<char> rest, out DateTimeOffset joinAt)
    {
        joinAt = default;
        if (!TakeNumber(ref rest, 4, out int year) || !Take(ref rest, '-') || !TakeNumber(ref rest, 2, out int month)
            || !Take(ref rest, '-') || !TakeNumber(ref rest, 2, out int day))
        {
            return "does not begin with a date of the form 2026-03-02";
        }

        if (!Take(ref rest, 'T') || !TakeNumber(ref rest, 2, out int hour) || !Take(ref rest, ':') || !TakeNumber(ref rest, 2, out int minute))
        {
            return "has no time of the form T09:00:00 after its date";
        }

        int second = 0;
        long microseconds = 0;
        if (Take(ref rest, ':') && !(TakeNumber(ref rest, 2, out second) && TakeFraction(ref rest, out microseconds)))
        {
            return "has seconds that are not of the form :00 or :00.000";
        }

        return TakeOffset(ref rest, out TimeSpan offset) ?? (rest.Length > 0 ? "goes on after its offset" : Combine(out joinAt));

        string? Combine(out DateTimeOffset joinAt)
        {
            joinAt = default;
            if (year == 0 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month))
            {
                return "names a day that no calendar has";
            }

            if (hour > 23 || minute > 59 || second > 59)
            {
                return "names a time that no day has (hours go to 23, minutes and seconds to 59)";
            }

            long ticks = new DateTime(year, month, day, hour, minute, second).Ticks + (microseconds * TimeSpan.TicksPerMicrosecond) - offset.Ticks;
            if (ticks < 0 || ticks > DateTimeOffset.MaxValue.UtcTicks)
            {
                return "lies outside the years 1 to 9999";
            }

            joinAt = new DateTimeOffset(ticks, TimeSpan.Zero);
            return null;
        }
    }

    /// <summary>Takes a fraction, if there is one, as microseconds; whatever is beyond them rounds up.</summary>
    private static bool TakeFraction(ref ReadOnlySpan<char> rest, out long microseconds)
    {
        microseconds = 0;
        if (!Take(ref rest, '.') && !Take(ref rest, ','))
        {
            return true;
        }

        int digits = rest.IndexOfAnyExceptInRange('0', '9');
        ReadOnlySpan<char> fraction = rest[..(digits < 0 ? rest.Length : digits)];
        rest = rest[fraction.Length..];
        for (int i = 0; i < 6; i++)
        {
            microseconds = (microseconds * 10) + (i < fraction.Length ? fraction[i] - '0' : 0);
        }

        microseconds += fraction.Length > 6 && fraction[6..].ContainsAnyExcept('0') ? 1 : 0;
        return fraction.Length > 0;
    }

    private static string? TakeOffset(ref ReadOnlySpan<char> rest, out TimeSpan offset)
    {
        offset = TimeSpan.Zero;
        if (Take(ref rest, 'Z'))
        {
            return null;
        }

        bool isWest = rest.StartsWith('-');
        if (!Take(ref rest, '+') && !Take(ref rest, '-'))
        {
            return rest.Length == 0 ? "has no offset, so that nobody can tell which instant it is" : "has something else than an offset after its time";
        }

        if (!TakeNumber(ref rest, 2, out int hours) || !Take(ref rest, ':') || !TakeNumber(ref rest, 2, out int minutes) || minutes > 59)
        {
            return "has an offset that is not of the form +01:00";
        }

        offset = new TimeSpan(hours, minutes, 0);
        if (offset > TimeSpan.FromHours(14))
        {
            return "has an offset of more than 14 hours";
        }

        if (isWest && offset == TimeSpan.Zero)
        {
            return "has the offset -00:00, which says that its own is not known";
        }

        offset = isWest ? -offset : offset;
        return null;
    }

    private static bool Take(ref ReadOnlySpan<char> rest, char wanted)
    {
        bool found = rest.StartsWith(wanted);
        rest = found ? rest[1..] : rest;
        return found;
    }

    private static bool TakeNumber(ref ReadOnlySpan<char> rest, int digits, out int number)
    {
        number = 0;
        if (rest.Length < digits || rest[..digits].ContainsAnyExceptInRange('0', '9'))
        {
            return false;
        }

        foreach (char digit in rest[..digits])
        {
            number = (number * 10) + (digit - '0');
        }

        rest = rest[digits..];
        return true;
    }
}
