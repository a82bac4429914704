using System.Text.Json.Serialization;

namespace ScheduledBots.AspNetCore.Contracts;

/// <summary>One page of bots, in the order of (join_at, id).</summary>
internal sealed record BotListView
{
    [JsonPropertyName("bots")]
    public required IReadOnlyList<BotView> Bots { get; init; }

    /// <summary>What the parameter cursor takes for the next page; left out on the last one.</summary>
    [JsonPropertyName("next_cursor")]
    public string? NextCursor { get; init; }

    public static BotListView Of(BotPage page, DateTimeOffset now) =>
        new() { Bots = [.. page.Bots.Select(bot => BotView.Of(bot, now))], NextCursor = page.NextCursor };
}
