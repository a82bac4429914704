using System.Text.Json.Serialization;
using ScheduledBots.Storage;

namespace ScheduledBots.AspNetCore.Contracts;

/// <summary>One thing that happened to a bot.</summary>
internal sealed record HistoryLineView
{
    [JsonPropertyName("at")]
    public required DateTime At { get; init; }

    [JsonPropertyName("from_state")]
    public required string FromState { get; init; }

    /// <summary>The same for a reschedule or a retry.</summary>
    [JsonPropertyName("to_state")]
    public required string ToState { get; init; }

    [JsonPropertyName("attempt")]
    public required int Attempt { get; init; }

    /// <summary>Why, where it was a failure.</summary>
    [JsonPropertyName("failure_reason")]
    public string? FailureReason { get; init; }

    public static HistoryLineView Of(BotHistoryLine line) => new()
    {
        At = line.At.UtcDateTime,
        FromState = BotWords.Of(line.From),
        ToState = BotWords.Of(line.To),
        Attempt = line.Attempt,
        FailureReason = line.Reason is { } reason ? BotWords.Of(reason) : null,
    };
}
