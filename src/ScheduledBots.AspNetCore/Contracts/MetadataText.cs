using System.Buffers;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;

namespace ScheduledBots.AspNetCore.Contracts;

/// <summary>
/// Metadata is a JSON object to callers and text to the library. The text is the object without its white space, so that a request
/// that is sent again with other spacing is the same request.
/// </summary>
internal static class MetadataText
{
    /// <summary>How many objects and arrays may lie in one another: a list puts three more around them, and 64 can be written (found by the fuzz).</summary>
    public const int MaxDepth = 60;

    // The text goes to the store, not into a page: letters may stay letters instead of six characters each.
    private static readonly JsonWriterOptions Compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, MaxDepth = MaxDepth };

    /// <exception cref="BotInputException">It is no object, is too deep, or holds what is no text.</exception>
    public static string Read(JsonElement metadata) =>
        metadata.ValueKind != JsonValueKind.Object
            ? throw new BotInputException(BotFields.Metadata, $"metadata {BotFields.Shape(BotFields.Metadata)}; it is a JSON {metadata.ValueKind}.")
            : Write(metadata) ?? throw new BotInputException(BotFields.Metadata, $"metadata is more than {MaxDepth} deep, or holds bytes that are no UTF-8, or half of a surrogate pair.");

    /// <summary>What POST took is an object again; what the host itself scheduled may be any text, and is then a string.</summary>
    public static JsonElement Show(string metadata)
    {
        try
        {
            JsonElement value = JsonElement.Parse(metadata);
            if (value.ValueKind == JsonValueKind.Object && Write(value) is not null)
            {
                return value;
            }
        }
        catch (JsonException)
        {
            // Not JSON: the host's own text.
        }

        return JsonSerializer.SerializeToElement(metadata, BotJson.Default.String);
    }

    /// <summary>
    /// Null where it is too deep, or a string of it is no text. Reading does not find that out (found by the fuzz): strings inside an element are looked
    /// at only when they are written, and an answer that has begun can no longer become a refusal.
    /// </summary>
    private static string? Write(JsonElement value)
    {
        if (!Utf8.IsValid(JsonMarshal.GetRawUtf8Value(value)))
        {
            return null;
        }

        var bytes = new ArrayBufferWriter<byte>();
        try
        {
            using (var writer = new Utf8JsonWriter(bytes, Compact))
            {
                value.WriteTo(writer);
            }

            return Encoding.UTF8.GetString(bytes.WrittenSpan);
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }
}
