using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http;
using ScheduledBots.AspNetCore.Contracts;

namespace ScheduledBots.AspNetCore.Endpoints;

/// <summary>Reads the body of a request, and says of one that cannot be read which field is to blame.</summary>
internal static class JsonBody
{
    /// <summary>The longest body: the longest field, metadata, is 16 K characters of up to three bytes.</summary>
    public const int MaxBytes = 64 * 1024;

    /// <exception cref="BadHttpRequestException">The body is not said to be JSON, or is too long.</exception>
    /// <exception cref="BotInputException">The body is not the JSON that is wanted.</exception>
    public static async Task<T> ReadAsync<T>(HttpRequest request, JsonTypeInfo<T> type, CancellationToken cancellationToken)
        where T : class
    {
        if (!request.HasJsonContentType())
        {
            throw new BadHttpRequestException("Send the body as application/json.", StatusCodes.Status415UnsupportedMediaType);
        }

        try
        {
            return await JsonSerializer.DeserializeAsync(request.Body, type, cancellationToken)
                ?? throw new BotInputException("body", "The body is null; send a JSON object.");
        }
        catch (JsonException error)
        {
            throw Explain(error);
        }
    }

    private static BotInputException Explain(JsonException error)
    {
        string field = FirstName(error.Path);
        if (error.InnerException is JsonException || field.Length == 0)
        {
            return new BotInputException("body", $"The body is not a JSON object of this request, from line {error.LineNumber + 1}, byte {error.BytePositionInLine + 1} on.");
        }

        return BotFields.Shape(field) is { } shape
            ? new BotInputException(field, $"{field} {shape}.")
            : new BotInputException(field, $"{field} is not a field of this request; is it misspelt?");
    }

    /// <summary>"$.metadata.a[0]" is about metadata, "$['join at']" about 'join at'.</summary>
    private static string FirstName(string? path)
    {
        string name = path switch
        {
            ['$', '.', .. string rest] => rest.Split('.', '[')[0],
            ['$', '[', '\'', .. string rest] => rest.Split("']")[0],
            _ => "",
        };
        return BotFields.Short(name);
    }
}
