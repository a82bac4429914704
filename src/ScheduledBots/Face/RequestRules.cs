using System.Buffers;
using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using ScheduledBots.Lifecycle;
using ScheduledBots.Timing;

namespace ScheduledBots.Face;

/// <summary>What a request must be like to be accepted, and what makes two requests the same.</summary>
/// <remarks>Messages never repeat a URL or metadata: both are secrets.</remarks>
internal static class RequestRules
{
    private static readonly SearchValues<char> Controls =
        SearchValues.Create([.. Enumerable.Range(0, 256).Select(code => (char)code).Where(char.IsControl)]);

    /// <summary>What the hash of a request is made of, made anew for each; kept for its buffer.</summary>
    [ThreadStatic]
    private static ArrayBufferWriter<byte>? _fields;

    public static void Check(BotRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        CheckUrl(request.MeetingUrl);
        CheckName(request.Name);
        CheckText(request.Tenant, nameof(request.Tenant), BotRequest.MaxTenantLength);
        CheckMetadata(request.Metadata);
        if (request.DeduplicationKey is { } key)
        {
            CheckText(key, nameof(request.DeduplicationKey), BotRequest.MaxDeduplicationKeyLength);
            if (key.Length == 0)
            {
                throw Refusal(nameof(BotRequest.DeduplicationKey), "DeduplicationKey is empty; leave it out (null) where there is none.");
            }
        }

        if (request.Id is { } id && id.Value == Guid.Empty)
        {
            throw Refusal(nameof(BotRequest.Id), "Id is empty; leave it out for a new one, or use BotId.New.");
        }
    }

    /// <summary>Checks all of an update but its instant.</summary>
    public static void Check(BotUpdate changes)
    {
        ArgumentNullException.ThrowIfNull(changes);
        if (changes is { JoinAt: null, MeetingUrl: null, Name: null, Metadata: null })
        {
            throw new ArgumentException("The update changes nothing; give at least one of JoinAt, MeetingUrl, Name and Metadata.", nameof(changes));
        }

        if (changes.MeetingUrl is { } url)
        {
            CheckUrl(url);
        }

        if (changes.Name is { } name)
        {
            CheckName(name);
        }

        CheckMetadata(changes.Metadata);
    }

    /// <summary>Checks a tenant that a caller names.</summary>
    public static void CheckTenant(string tenant) => CheckText(tenant, "Tenant", BotRequest.MaxTenantLength);

    /// <summary>Checks a due instant, on create and on reschedule alike.</summary>
    /// <returns>The instant in UTC, rounded up to the microsecond.</returns>
    public static DateTimeOffset CheckJoinAt(DateTimeOffset joinAt, DateTimeOffset now, TimeSpan minimumLeadTime)
    {
        if (joinAt <= now)
        {
            throw OutOfRange(nameof(BotRequest.JoinAt), $"JoinAt is {joinAt:O}, which is not after now, {now:O}. Choose an instant in the future, or leave it out for an ad-hoc bot.");
        }

        if (joinAt - now > BotRequest.MaxLeadTime)
        {
            throw OutOfRange(nameof(BotRequest.JoinAt), $"JoinAt is {joinAt:O}, more than three years after now, {now:O}. Choose an earlier instant.");
        }

        if (joinAt - now < minimumLeadTime)
        {
            throw new LeadTimeTooShortException(joinAt - now, minimumLeadTime);
        }

        return TickScale.RoundUp(joinAt);
    }

    /// <summary>A hash of everything that makes the request what it is, except its key and id.</summary>
    public static RequestHash Hash(BotRequest request)
    {
        ArrayBufferWriter<byte> fields = _fields ??= new ArrayBufferWriter<byte>(512);
        fields.ResetWrittenCount();
        Append(fields, request.Tenant);
        Append(fields, request.MeetingUrl.AbsoluteUri);
        Append(fields, request.Name);
        Append(fields, request.Metadata);
        // As it is kept: whoever read the instant back from a store may send it again.
        Append(fields, request.JoinAt is { } joinAt ? TickScale.Ceiling(joinAt).ToString(CultureInfo.InvariantCulture) : null);
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(fields.WrittenSpan, hash);
        return RequestHash.FromBytes(hash);
    }

    /// <summary>The parameter it names is the property of the request, so that a caller can point to its own field.</summary>
    public static ArgumentException Refusal(string property, string message) => new(message, property);

    /// <inheritdoc cref="Refusal"/>
    public static ArgumentOutOfRangeException OutOfRange(string property, string message) => new(property, message);

    private static void CheckUrl(Uri url)
    {
        ArgumentNullException.ThrowIfNull(url, nameof(BotRequest.MeetingUrl));
        if (!url.IsAbsoluteUri)
        {
            throw Refusal(nameof(BotRequest.MeetingUrl), "MeetingUrl is relative; give the whole address, beginning with https://.");
        }

        if (url.Scheme != Uri.UriSchemeHttps && url.Scheme != Uri.UriSchemeHttp)
        {
            throw Refusal(nameof(BotRequest.MeetingUrl), "MeetingUrl has another scheme than http and https; only those are joined.");
        }

        if (url.UserInfo.Length > 0)
        {
            throw Refusal(nameof(BotRequest.MeetingUrl), "MeetingUrl carries user info (the part before @); remove it, it would be kept and shown.");
        }

        CheckText(url.AbsoluteUri, nameof(BotRequest.MeetingUrl), BotRequest.MaxMeetingUrlLength);
    }

    private static void CheckName(string name)
    {
        CheckText(name, nameof(BotRequest.Name), BotRequest.MaxNameLength);
        if (string.IsNullOrWhiteSpace(name))
        {
            throw Refusal(nameof(BotRequest.Name), "Name is empty; give the bot the name it shall show in the meeting.");
        }
    }

    private static void CheckMetadata(string? metadata)
    {
        if (metadata is { Length: > BotRequest.MaxMetadataLength })
        {
            throw Refusal(nameof(BotRequest.Metadata), $"Metadata has {metadata.Length} characters; at most {BotRequest.MaxMetadataLength} are kept. Keep a key in it and the rest elsewhere.");
        }

        if (metadata?.Contains('\0') == true)
        {
            throw Refusal(nameof(BotRequest.Metadata), "Metadata contains the character U+0000, which databases cannot keep; remove it.");
        }

        CheckSurrogates(metadata, nameof(BotRequest.Metadata));
    }

    private static void CheckText(string text, string name, int maxLength)
    {
        ArgumentNullException.ThrowIfNull(text, name);
        if (text.Length > maxLength)
        {
            throw new ArgumentException($"{name} has {text.Length} characters; at most {maxLength} are kept.", name);
        }

        if (text.AsSpan().IndexOfAny(Controls) is var at and >= 0)
        {
            throw new ArgumentException($"{name} contains the control character U+{(int)text[at]:X4}; remove it.", name);
        }

        CheckSurrogates(text, name);
    }

    /// <summary>Half a character is no text: a database that speaks UTF-8 cannot keep it.</summary>
    private static void CheckSurrogates(ReadOnlySpan<char> text, string name)
    {
        while (text.IndexOfAnyInRange('\uD800', '\uDFFF') is var at and >= 0)
        {
            if (Rune.DecodeFromUtf16(text[at..], out _, out int length) != OperationStatus.Done)
            {
                throw new ArgumentException($"{name} contains U+{(int)text[at]:X4}, half of a surrogate pair; it was cut inside a character. Remove it.", name);
            }

            text = text[(at + length)..];
        }
    }

    private static void Append(ArrayBufferWriter<byte> fields, string? text)
    {
        // The length goes first, so that no two different requests run together; null differs from empty.
        BinaryPrimitives.WriteInt32LittleEndian(fields.GetSpan(sizeof(int)), text?.Length ?? -1);
        fields.Advance(sizeof(int));
        Encoding.Unicode.GetBytes(text, fields);
    }
}
