
namespace ScheduledBots.AspNetCore.Contracts;

/// <summary>The names of the fields, and how their texts become values.</summary>
internal static class BotFields
{
    public const string MeetingUrl = "meeting_url";
    public const string BotName = "bot_name";
    public const string JoinAt = "join_at";
    public const string Metadata = "metadata";
    public const string DeduplicationKey = "deduplication_key";
    public const string State = "state";
    public const string JoinAtFrom = "join_at_from";
    public const string JoinAtUntil = "join_at_until";
    public const string Cursor = "cursor";
    public const string Limit = "limit";

    private const int MaxNameLength = 64;

    /// <summary>The fields by the names that the library's refusals have for them.</summary>
    private static readonly Dictionary<string, string> ByParameter = new(StringComparer.OrdinalIgnoreCase)
    {
        [nameof(BotRequest.MeetingUrl)] = MeetingUrl,
        [nameof(BotRequest.Name)] = BotName,
        [nameof(BotRequest.JoinAt)] = JoinAt,
        [nameof(BotRequest.Metadata)] = Metadata,
        [nameof(BotRequest.DeduplicationKey)] = DeduplicationKey,
        [nameof(BotFilter.From)] = JoinAtFrom,
        [nameof(BotFilter.Until)] = JoinAtUntil,
        [nameof(BotFilter.Cursor)] = Cursor,
        [nameof(BotFilter.PageSize)] = Limit,
    };

    public static string? OfParameter(string? parameter) => parameter is null ? null : ByParameter.GetValueOrDefault(parameter);

    /// <summary>What a field must look like, for whoever sent something else.</summary>
    public static string? Shape(string field) => field switch
    {
        MeetingUrl or BotName or JoinAt or DeduplicationKey => "must be given once, as a string",
        Metadata => "must be given once, as a JSON object",
        _ => null,
    };

    public static string Required(string? text, string field) => text ?? throw new BotInputException(field, $"{field} is missing.");

    public static Uri Url(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out Uri? url)
            ? url
            : throw new BotInputException(MeetingUrl, "meeting_url is not an absolute URL; give the whole address, beginning with https://.");

    public static DateTimeOffset Instant(string text, string field = JoinAt) =>
        JoinAtText.TryParse(text, out DateTimeOffset instant, out string? problem)
            ? instant
            : throw new BotInputException(field, problem.Replace(nameof(BotRequest.JoinAt), field, StringComparison.Ordinal));

    /// <summary>A name that a caller made up, cut so that an answer cannot be made long by it.</summary>
    public static string Short(string name) => name.Length <= MaxNameLength ? name : string.Concat(name.EnumerateRunes().Take(MaxNameLength));
}
