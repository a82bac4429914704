using System.Globalization;
using Microsoft.AspNetCore.Http;
using ScheduledBots.AspNetCore.Contracts;

namespace ScheduledBots.AspNetCore.Endpoints;

/// <summary>
/// The query of a list. Strict like the bodies: a filter that is misspelt or given twice and silently dropped would show bots that
/// nobody asked for.
/// </summary>
internal static class BotListQuery
{
    /// <exception cref="BotInputException">A filter is not known, is given twice, or is malformed.</exception>
    public static BotFilter Read(IQueryCollection query)
    {
        var filter = new BotFilter();
        foreach ((string name, var values) in query)
        {
            if (values is not [{ } value])
            {
                throw new BotInputException(BotFields.Short(name), $"{BotFields.Short(name)} must be given once.");
            }

            filter = name switch
            {
                BotFields.State => filter with { Status = BotWords.Status(value) ?? throw new BotInputException(name, $"state is none of {BotWords.Statuses}.") },
                BotFields.JoinAtFrom => filter with { From = BotFields.Instant(value, name) },
                BotFields.JoinAtUntil => filter with { Until = BotFields.Instant(value, name) },
                BotFields.Cursor => filter with { Cursor = value },
                BotFields.Limit => filter with { PageSize = Limit(value) },
                _ => throw new BotInputException(BotFields.Short(name), $"{BotFields.Short(name)} is not a filter of this list; is it misspelt?"),
            };
        }

        return filter;
    }

    private static int Limit(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int limit) && limit is > 0 and <= BotFilter.MaxPageSize
            ? limit
            : throw new BotInputException(BotFields.Limit, $"limit must be a number from 1 to {BotFilter.MaxPageSize}.");
}
