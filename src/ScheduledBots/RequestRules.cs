using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using ScheduledBots.Timing;

namespace ScheduledBots;

/// <summary>What a request must be like to be accepted, and what makes two requests the same.</summary>
/// <remarks>Messages never repeat a URL or metadata: both are secrets.</remarks>
internal static class RequestRules
{
    public static void Check(BotRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        CheckUrl(request.MeetingUrl);
        CheckText(request.Name, nameof(request.Name), BotRequest.MaxNameLength);
        if (string.IsNullOrWhiteSpace(request.Name))
        {
            throw new ArgumentException("Name is empty; give the bot the name it shall show in the meeting.", nameof(request));
        }

        CheckText(request.Tenant, nameof(request.Tenant), BotRequest.MaxTenantLength);
        CheckOptional(request.DeduplicationKey, nameof(request.DeduplicationKey), BotRequest.MaxDeduplicationKeyLength);
        if (request.Metadata is { Length: > BotRequest.MaxMetadataLength } metadata)
        {
            throw new ArgumentException($"Metadata has {metadata.Length} characters; at most {BotRequest.MaxMetadataLength} are kept. Keep a key in it and the rest elsewhere.", nameof(request));
        }

        if (request.Metadata?.Contains('\0') == true)
        {
            throw new ArgumentException("Metadata contains the character U+0000, which databases cannot keep; remove it.", nameof(request));
        }

        if (request.Id is { } id && id.Value == Guid.Empty)
        {
            throw new ArgumentException("Id is empty; leave it out for a new one, or use BotId.New.", nameof(request));
        }
    }

    /// <summary>Checks a due instant, on create and on reschedule alike.</summary>
    /// <returns>The instant in UTC, rounded up to the microsecond.</returns>
    public static DateTimeOffset CheckJoinAt(DateTimeOffset joinAt, DateTimeOffset now, TimeSpan minimumLeadTime)
    {
        if (joinAt <= now)
        {
            throw new ArgumentOutOfRangeException(
                nameof(joinAt), $"JoinAt is {joinAt:O}, which is not after now, {now:O}. Choose an instant in the future, or leave it out for an ad-hoc bot.");
        }

        if (joinAt - now > BotRequest.MaxLeadTime)
        {
            throw new ArgumentOutOfRangeException(
                nameof(joinAt), $"JoinAt is {joinAt:O}, more than three years after now, {now:O}. Choose an earlier instant.");
        }

        if (joinAt - now < minimumLeadTime)
        {
            throw new LeadTimeTooShortException(joinAt - now, minimumLeadTime);
        }

        return TickScale.RoundUp(joinAt);
    }

    /// <summary>A hash of everything that makes the request what it is, except its key and id.</summary>
    public static byte[] Hash(BotRequest request)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Append(hash, request.Tenant);
        Append(hash, request.MeetingUrl.AbsoluteUri);
        Append(hash, request.Name);
        Append(hash, request.Metadata);
        Append(hash, request.JoinAt?.UtcTicks.ToString(System.Globalization.CultureInfo.InvariantCulture));
        return hash.GetHashAndReset();
    }

    private static void CheckUrl(Uri url)
    {
        ArgumentNullException.ThrowIfNull(url, nameof(BotRequest.MeetingUrl));
        if (!url.IsAbsoluteUri)
        {
            throw new ArgumentException("MeetingUrl is relative; give the whole address, beginning with https://.", nameof(url));
        }

        if (url.Scheme != Uri.UriSchemeHttps && url.Scheme != Uri.UriSchemeHttp)
        {
            throw new ArgumentException($"MeetingUrl has the scheme '{url.Scheme}'; only http and https are joined.", nameof(url));
        }

        if (url.UserInfo.Length > 0)
        {
            throw new ArgumentException("MeetingUrl carries user info (the part before @); remove it, it would be kept and shown.", nameof(url));
        }

        if (url.AbsoluteUri.Length > BotRequest.MaxMeetingUrlLength)
        {
            throw new ArgumentException($"MeetingUrl has {url.AbsoluteUri.Length} characters; at most {BotRequest.MaxMeetingUrlLength} are kept.", nameof(url));
        }
    }

    private static void CheckOptional(string? text, string name, int maxLength)
    {
        if (text is null)
        {
            return;
        }

        if (text.Length == 0)
        {
            throw new ArgumentException($"{name} is empty; leave it out (null) where there is none.", name);
        }

        CheckText(text, name, maxLength);
    }

    private static void CheckText(string text, string name, int maxLength)
    {
        ArgumentNullException.ThrowIfNull(text, name);
        if (text.Length > maxLength)
        {
            throw new ArgumentException($"{name} has {text.Length} characters; at most {maxLength} are kept.", name);
        }

        foreach (char control in text.Where(char.IsControl))
        {
            throw new ArgumentException($"{name} contains the control character U+{(int)control:X4}; remove it.", name);
        }
    }

    private static void Append(IncrementalHash hash, string? text)
    {
        // The length goes first, so that no two different requests run together; null differs from empty.
        Span<byte> length = stackalloc byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(length, text?.Length ?? -1);
        hash.AppendData(length);
        hash.AppendData(Encoding.Unicode.GetBytes(text ?? ""));
    }
}
