using System.Text.Json;
using ScheduledBots.Lifecycle;

namespace ScheduledBots.AspNetCore.Contracts;

/// <summary>The library's values as JSON has them.</summary>
internal static class BotWords
{
    private static readonly Dictionary<string, BotStatus> ByWord =
        Enum.GetValues<BotStatus>().ToDictionary(Of, StringComparer.Ordinal);

    /// <summary>The words for states, for whoever sent another.</summary>
    public static string Statuses { get; } = string.Join(", ", ByWord.Keys);

    public static string Of(BotStatus status) => JsonNamingPolicy.SnakeCaseLower.ConvertName(status.ToString());

    public static string Of(FailureReason reason) => JsonNamingPolicy.SnakeCaseLower.ConvertName(reason.ToString());

    /// <summary>The state of a word, or null where it is none.</summary>
    public static BotStatus? Status(string word) => ByWord.TryGetValue(word, out BotStatus status) ? status : null;
}
