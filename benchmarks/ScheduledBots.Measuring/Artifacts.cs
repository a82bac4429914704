using System.Text.Json;
using System.Text.Json.Serialization;

namespace ScheduledBots.Measuring;

/// <summary>The files that a benchmark leaves behind, in <c>artifacts/bench</c>.</summary>
public static class Artifacts
{
    private const string Folder = "artifacts/bench";

    // What nobody arrived for has no percentile: it is written as "NaN".
    private static readonly JsonSerializerOptions Json = new()
    {
        WriteIndented = true,
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    };

    /// <summary>Writes NAME.json; what was there before is replaced as a whole.</summary>
    public static void WriteJson<T>(string name, T value) => Write($"{name}.json", JsonSerializer.Serialize(value, Json));

    /// <summary>Writes a picture, NAME.svg.</summary>
    public static void WriteSvg(string name, string svg) => Write($"{name}.svg", svg);

    // A run that is stopped while it writes leaves the file of the row before.
    private static void Write(string file, string text)
    {
        Directory.CreateDirectory(Folder);
        string path = Path.Combine(Folder, file), unfinished = path + ".new";
        File.WriteAllText(unfinished, text);
        File.Move(unfinished, path, overwrite: true);
    }
}
