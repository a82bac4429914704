using System.Globalization;

namespace ScheduledBots.Calendar.Reading;

/// <summary>
/// How many steps a recurrence rule takes until an instant, reckoned from its text before anything walks it: a rule is a small program
/// of a stranger, and one line can ask for a billion occurrences, or search for ever for the 30th of February.
/// </summary>
internal static class SeriesCost
{
    /// <summary>The periods without an occurrence after which a rule is given up.</summary>
    public const int MaxUnmatchedPeriods = 400;

    private static readonly Dictionary<string, double> DaysOf = new(StringComparer.OrdinalIgnoreCase) { ["DAILY"] = 1, ["WEEKLY"] = 7, ["MONTHLY"] = 28, ["YEARLY"] = 365 };

    /// <summary>The steps from the first occurrence to an instant.</summary>
    /// <exception cref="FormatException">The rule is none, or repeats more often than daily.</exception>
    public static double Of(string rule, DateTimeOffset firstAt, DateTimeOffset until)
    {
        Dictionary<string, string> parts = rule.Split(';', StringSplitOptions.RemoveEmptyEntries)
            .Select(part => part.Split('=', 2))
            .Where(part => part.Length == 2)
            .GroupBy(part => part[0].Trim(), StringComparer.OrdinalIgnoreCase)
            .ToDictionary(part => part.Key, part => part.First()[1].Trim(), StringComparer.OrdinalIgnoreCase);
        if (!DaysOf.TryGetValue(parts.GetValueOrDefault("FREQ", ""), out double days))
        {
            throw new FormatException("its recurrence is not daily, weekly, monthly or yearly");
        }

        if (!int.TryParse(parts.GetValueOrDefault("INTERVAL", "1"), NumberStyles.None, CultureInfo.InvariantCulture, out int interval) || interval < 1)
        {
            throw new FormatException("the interval of its recurrence is no positive number");
        }

        double periods = Math.Max(0, (until - firstAt).TotalDays) / (days * interval) + 1;
        string[] lists = [.. parts.Where(part => part.Key.StartsWith("BY", StringComparison.OrdinalIgnoreCase)).Select(part => part.Value)];
        double inPeriod = lists.Aggregate(1.0, (product, list) => product * (list.AsSpan().Count(',') + 1));

        // A weekday without a number is met several times in a month or a year.
        double weekdays = parts.ContainsKey("BYDAY") ? Math.Ceiling(days / 7) : 1;
        return (periods * inPeriod * weekdays) + (IsSearching(parts) ? MaxUnmatchedPeriods : 0);
    }

    /// <summary>Whether the rule may find nothing in a period.</summary>
    private static bool IsSearching(Dictionary<string, string> parts) =>
        parts.ContainsKey("BYSETPOS") || parts.ContainsKey("BYYEARDAY") || parts.ContainsKey("BYWEEKNO") || (parts.ContainsKey("BYMONTH") && parts.ContainsKey("BYMONTHDAY"));
}
