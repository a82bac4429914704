using System.Buffers;
using System.Buffers.Binary;
using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using ScheduledBots.Lifecycle;
using ScheduledBots.Storage;
using ScheduledBots.Timing;

namespace ScheduledBots.Face;

/// <summary>
/// The text that says where a page ended: the position and a fingerprint of position and filter, so that a text that was
/// cut, made up, or given by another filter's pages is found out instead of skipping bots.
/// </summary>
/// <remarks>The fingerprint is no secret and no protection: a position is no more than where to go on.</remarks>
internal static class PageCursor
{
    /// <summary>Raised when the form changes; a text of another version is refused.</summary>
    private const byte Version = 1;

    private const int FingerprintAt = 1 + sizeof(long) + 16;
    private const int Length = FingerprintAt + 8;

    public static string Write(BotQueryPosition position, BotQuery query)
    {
        Span<byte> bytes = stackalloc byte[Length];
        bytes[0] = Version;
        BinaryPrimitives.WriteInt64BigEndian(bytes[1..], TickScale.Floor(position.JoinAt));
        position.Id.Value.TryWriteBytes(bytes[(1 + sizeof(long))..], bigEndian: true, out _);
        WriteFingerprint(bytes, query);
        return Base64Url.EncodeToString(bytes);
    }

    /// <summary>Reads what <see cref="Write"/> wrote for the same filter.</summary>
    /// <exception cref="ArgumentException">It did not write this text, or for another filter.</exception>
    public static BotQueryPosition Read(string text, BotQuery query)
    {
        Span<byte> bytes = stackalloc byte[Length], expected = stackalloc byte[Length];
        // Not TryDecodeFromChars: it throws when it meets a character that is none of the alphabet's.
        if (text.Length != Base64Url.GetEncodedLength(Length)
            || Base64Url.DecodeFromChars(text, bytes, out _, out int length) != OperationStatus.Done || length != Length || bytes[0] != Version)
        {
            throw RequestRules.Refusal(nameof(BotFilter.Cursor), "Cursor is none that this version of ScheduledBots gave; leave it out to begin with the first page.");
        }

        bytes.CopyTo(expected);
        WriteFingerprint(expected, query);
        if (!expected.SequenceEqual(bytes))
        {
            throw RequestRules.Refusal(nameof(BotFilter.Cursor), "Cursor was given by the pages of another filter; repeat that filter, or leave the cursor out to begin with the first page.");
        }

        return new BotQueryPosition(
            TickScale.ToInstant(BinaryPrimitives.ReadInt64BigEndian(bytes[1..])), new BotId(new Guid(bytes[(1 + sizeof(long))..FingerprintAt], bigEndian: true)));
    }

    private static void WriteFingerprint(Span<byte> bytes, BotQuery query)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(bytes[..FingerprintAt]);
        // Numbers and their separators first: no two filters run together in front of the tenant.
        hash.AppendData(Encoding.UTF8.GetBytes(
            string.Create(CultureInfo.InvariantCulture, $"{(int?)query.Status}/{query.From?.UtcTicks}/{query.Until?.UtcTicks}/{query.Tenant is null}/{query.Tenant}")));
        Span<byte> whole = stackalloc byte[SHA256.HashSizeInBytes];
        hash.GetHashAndReset(whole);
        whole[..(Length - FingerprintAt)].CopyTo(bytes[FingerprintAt..]);
    }
}
