using System.Text.Json.Serialization;
using ScheduledBots.Storage;

namespace ScheduledBots.AspNetCore.Contracts;

/// <summary>What happened to a bot, oldest first; its creation is the bot itself.</summary>
internal sealed record HistoryView
{
    [JsonPropertyName("history")]
    public required IReadOnlyList<HistoryLineView> History { get; init; }

    public static HistoryView Of(IReadOnlyList<BotHistoryLine> lines) => new() { History = [.. lines.Select(HistoryLineView.Of)] };
}
