using System.Text.Json;
using ScheduledBots.Lifecycle;

namespace BotApi.Contracts;

/// <summary>The library's values as JSON has them.</summary>
internal static class BotWords
{
    public static string Of(BotStatus status) => JsonNamingPolicy.SnakeCaseLower.ConvertName(status.ToString());

    public static string Of(FailureReason reason) => JsonNamingPolicy.SnakeCaseLower.ConvertName(reason.ToString());
}
