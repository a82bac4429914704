using System.Net;
using System.Text.RegularExpressions;

namespace ScheduledBots.Calendar.Reading;

/// <summary>
/// Finds the conferencing link of an event. Producers have a property of their own for it, else it stands in the location, the URL or
/// somewhere in the description, where other links stand too: so what is certain is looked for first, what is likely last.
/// </summary>
internal static partial class LinkFinder
{
    /// <summary>The longest text that is searched, in characters.</summary>
    private const int MaxTextLength = 64 * 1024;

    /// <summary>The most links of one text that are looked at.</summary>
    private const int MaxLinks = 50;

    private static readonly string[] Conferencing =
        ["X-GOOGLE-CONFERENCE", "X-MICROSOFT-SKYPETEAMSMEETINGURL", "X-MICROSOFT-ONLINEMEETINGCONFLINK", "X-MICROSOFT-ONLINEMEETINGEXTERNALLINK", "CONFERENCE"];

    private static readonly string[] Places = ["LOCATION", "URL"];

    private static readonly string[] Prose = ["DESCRIPTION", "X-ALT-DESC"];

    /// <summary>Every property that may hold a link.</summary>
    public static IReadOnlyList<string> Properties { get; } = [.. Conferencing, .. Places, .. Prose];

    public static Uri? Find(FeedEvent found) =>
        Links(found, Conferencing).FirstOrDefault()
        ?? Links(found, [.. Places, .. Prose]).FirstOrDefault(IsOfKnownProvider)
        ?? Links(found, Places).FirstOrDefault()
        ?? Links(found, Prose).FirstOrDefault(LooksLikeMeeting);

    private static IEnumerable<Uri> Links(FeedEvent found, string[] properties) =>
        from property in properties
        from line in found.Lines
        where line.Name == property
        from link in LinksIn(line.Text())
        select link;

    internal static IEnumerable<Uri> LinksIn(string text)
    {
        // Cut where a link may stand: its rest would be another link, so what touches the end is not taken.
        string searched = text.Length <= MaxTextLength ? text : text[..MaxTextLength];
        foreach (Match match in Link().Matches(searched).Take(MaxLinks))
        {
            bool isCut = searched.Length < text.Length && match.Index + match.Length == searched.Length;
            if (!isCut && Read(match.Value) is { } link)
            {
                yield return link;
            }
        }
    }

    private static Uri? Read(string text)
    {
        string trimmed = WebUtility.HtmlDecode(text).TrimEnd('.', ',', ';', ':', '!', '?', '\'', ')', ']', '}', '*', '|');
        return Uri.TryCreate(trimmed, UriKind.Absolute, out Uri? link) && IsUsable(link) ? Unwrap(link) : null;
    }

    private static bool IsUsable(Uri link) =>
        (link.Scheme == Uri.UriSchemeHttps || link.Scheme == Uri.UriSchemeHttp)
        && link.Host.Length > 0
        && link.UserInfo.Length == 0
        && link.AbsoluteUri.Length <= BotRequest.MaxMeetingUrlLength;

    /// <summary>Mail filters and calendars wrap links into redirects of their own; the one inside is meant.</summary>
    private static Uri? Unwrap(Uri link)
    {
        string? parameter =
            link.Host.EndsWith(".safelinks.protection.outlook.com", StringComparison.OrdinalIgnoreCase) ? "url"
            : link.Host.Equals("www.google.com", StringComparison.OrdinalIgnoreCase) && link.AbsolutePath == "/url" ? "q"
            : null;
        if (parameter is null)
        {
            return link;
        }

        foreach (string pair in link.Query.TrimStart('?').Split('&'))
        {
            if (pair.StartsWith(parameter + "=", StringComparison.OrdinalIgnoreCase)
                && Uri.TryCreate(Uri.UnescapeDataString(pair[(parameter.Length + 1)..]), UriKind.Absolute, out Uri? inside)
                && IsUsable(inside))
            {
                return inside;
            }
        }

        return null;
    }

    private static bool IsOfKnownProvider(Uri link) => KnownProvider().IsMatch($"{link.Host}{link.AbsolutePath}");

    private static bool LooksLikeMeeting(Uri link) => Likely().IsMatch($"{link.Host}{link.AbsolutePath}");

    [GeneratedRegex(@"https?://[^\s<>""\\]+", RegexOptions.IgnoreCase)]
    private static partial Regex Link();

    [GeneratedRegex(
        @"^(meet\.google\.com/[a-z]{3,}-|teams\.(microsoft|live)\.(com|us)/(l/meetup-join|meet)/|([\w-]+\.)*zoom(gov)?\.(us|com)/(j|my|w|s|wc)/|([\w-]+\.)*webex\.com/([\w.-]+/)?(meet|join|j\.php|wbxmjs|m)"
        + @"|([\w-]+\.)?whereby\.com/\w|meet\.jit\.si/\w|meet\.goto\.com/\w|(www\.)?gotomeet\.me/\w|chime\.aws/\w|join\.skype\.com/\w|app\.gather\.town/\w|([\w-]+\.)*bluejeans\.com/\d)",
        RegexOptions.IgnoreCase | RegexOptions.NonBacktracking)]
    private static partial Regex KnownProvider();

    [GeneratedRegex(@"^(meet|meeting|meetings|zoom|teams|video|call|conference|conf|room)\.|/(j|join|meet|meeting|meetup-join|room|call)/", RegexOptions.IgnoreCase | RegexOptions.NonBacktracking)]
    private static partial Regex Likely();
}
