using System.Globalization;
using Ical.Net.DataTypes;

namespace ScheduledBots.Calendar;

/// <summary>What the options of a feed must keep to.</summary>
internal static class CalendarFeedRules
{
    /// <summary>The longest name of a feed, in characters; it is part of every key.</summary>
    public const int MaxNameLength = 64;

    public static bool IsName(string name) =>
        name.Length is > 0 and <= MaxNameLength && name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_' or '.');

    /// <summary>Every rule that is broken, as a sentence.</summary>
    public static IEnumerable<string> Broken(CalendarFeedOptions options)
    {
        if (string.IsNullOrWhiteSpace(options.BotName) || options.BotName.Length > BotRequest.MaxNameLength || options.BotName.Any(char.IsControl))
        {
            yield return $"BotName must have 1 to {BotRequest.MaxNameLength} characters and no control characters.";
        }

        if (options.Tenant is null || options.Tenant.Length > BotRequest.MaxTenantLength || options.Tenant.Any(char.IsControl))
        {
            yield return $"Tenant must have at most {BotRequest.MaxTenantLength} characters and no control characters.";
        }

        if (options.Accepts is null)
        {
            yield return "Accepts is null; leave it as it is or give a rule.";
        }

        if (!IsZone(options.DefaultTimeZone))
        {
            yield return "DefaultTimeZone is no time zone that is known; give a name such as Europe/Berlin.";
        }

        string?[] ranges =
        [
            Range(nameof(options.Window), options.Window, TimeSpan.FromHours(1), TimeSpan.FromDays(366)),
            Range(nameof(options.PollInterval), options.PollInterval, TimeSpan.FromSeconds(10), TimeSpan.FromHours(24)),
            Range(nameof(options.Timeout), options.Timeout, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(10)),
            Range(nameof(options.MaxRedirects), options.MaxRedirects, 0, 20),
            Range(nameof(options.MaxBytes), options.MaxBytes, 1024, 256 * 1024 * 1024),
            Range(nameof(options.MaxDepth), options.MaxDepth, 3, 100),
            Range(nameof(options.MaxEvents), options.MaxEvents, 1, 1_000_000),
            Range(nameof(options.MaxOccurrences), options.MaxOccurrences, 1, 100_000),
            Range(nameof(options.MaxRecurrenceSteps), options.MaxRecurrenceSteps, 1_000, 1_000_000_000),
        ];
        foreach (string? broken in ranges)
        {
            if (broken is not null)
            {
                yield return broken;
            }
        }
    }

    /// <summary>Refuses options that break a rule, with all the rules that they break.</summary>
    public static void Check(CalendarFeedOptions options)
    {
        string broken = string.Join(' ', Broken(options));
        if (broken.Length > 0)
        {
            throw new ArgumentException(broken, nameof(options));
        }
    }

    /// <summary>Whether Ical.Net finds the zone; it says so only when a time of the zone is converted.</summary>
    public static bool IsZone(string? zone)
    {
        if (string.IsNullOrWhiteSpace(zone) || zone.AsSpan().ContainsAny("\"\r\n"))
        {
            return false;
        }

        try
        {
            _ = new CalDateTime(2026, 1, 1, 0, 0, 0, zone).AsUtc;
            return true;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    private static string? Range<T>(string name, T value, T least, T most)
        where T : IComparable<T> =>
        value.CompareTo(least) >= 0 && value.CompareTo(most) <= 0
            ? null
            : string.Create(CultureInfo.InvariantCulture, $"{name} is {value}; it must be {least} to {most}.");
}
