using System.Text.Json;
using System.Text.Json.Serialization;

namespace ScheduledBots.AspNetCore.Page;

/// <summary>What the page and its server say to one another, as generated code; as strict as the contracts of callers.</summary>
[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Strict,
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(PageOverview))]
[JsonSerializable(typeof(PageChanges))]
[JsonSerializable(typeof(PageSessionView))]
[JsonSerializable(typeof(PageListView))]
[JsonSerializable(typeof(PageDetailView))]
[JsonSerializable(typeof(PageRescheduleBody))]
internal sealed partial class PageJson : JsonSerializerContext;
