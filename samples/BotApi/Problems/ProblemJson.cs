using System.Text.Json.Serialization;

namespace BotApi.Problems;

/// <summary>The values in the extensions of problem details, as generated code.</summary>
[JsonSerializable(typeof(string))]
[JsonSerializable(typeof(double))]
[JsonSerializable(typeof(DateTime))]
[JsonSerializable(typeof(Dictionary<string, string[]>))]
internal sealed partial class ProblemJson : JsonSerializerContext;
