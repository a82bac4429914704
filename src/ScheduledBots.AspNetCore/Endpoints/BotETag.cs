using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;
using ScheduledBots.AspNetCore.Contracts;
using ScheduledBots.Lifecycle;

namespace ScheduledBots.AspNetCore.Endpoints;

/// <summary>
/// The entity tag of a bot: its version and the state callers see, "7-staged". The state is in it because an armed bot becomes joining
/// at its instant without a write. If-Match compares the version alone, which is what a change is guarded by.
/// </summary>
internal static class BotETag
{
    public static string Of(Bot bot, DateTimeOffset now) =>
        string.Create(CultureInfo.InvariantCulture, $"\"{bot.Version}-{BotWords.Of(bot.StatusAt(now))}\"");

    /// <summary>Whether the caller has the bot as it is; comparing is weak here, as the header asks.</summary>
    public static bool IsKnown(HttpRequest request, string tag) =>
        EntityTagHeaderValue.TryParseList(request.Headers.IfNoneMatch, out IList<EntityTagHeaderValue>? known)
        && known.Any(one => one.Tag == "*" || one.Tag == tag);

    /// <summary>The version that the bot must have, or null where any will do.</summary>
    /// <exception cref="BotInputException">It is not one tag that this service gave.</exception>
    public static long? Expected(HttpRequest request)
    {
        StringValues header = request.Headers.IfMatch;
        if (header.Count == 0)
        {
            return null;
        }

        if (header.Count > 1 || !EntityTagHeaderValue.TryParse(header.ToString(), out EntityTagHeaderValue? tag))
        {
            throw new BotInputException(HeaderNames.IfMatch, "If-Match is not one entity tag; send the ETag of the answer that you read.");
        }

        if (tag.Tag == "*")
        {
            return null;
        }

        return !tag.IsWeak && long.TryParse(tag.Tag.AsSpan().Trim('"').ToString().Split('-')[0], NumberStyles.None, CultureInfo.InvariantCulture, out long version)
            ? version
            : throw new BotInputException(HeaderNames.IfMatch, "If-Match is no entity tag of this service; send the ETag of the answer that you read.");
    }
}
