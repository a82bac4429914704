using System.Text.Json;
using System.Text.Json.Serialization;
using ScheduledBots.AspNetCore.Problems;

namespace ScheduledBots.AspNetCore.Contracts;

/// <summary>
/// The contracts as generated code. Strict: a field that nobody knows is refused, because a misspelt <c>join_at</c> that is
/// silently dropped is a bot in a meeting at the wrong time; a field given twice is refused, because nobody can say which one was meant.
/// </summary>
[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Strict,
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(CreateBotBody))]
[JsonSerializable(typeof(UpdateBotBody))]
[JsonSerializable(typeof(BotView))]
[JsonSerializable(typeof(BotListView))]
[JsonSerializable(typeof(HistoryView))]
[JsonSerializable(typeof(ProblemView))]
internal sealed partial class BotJson : JsonSerializerContext;
