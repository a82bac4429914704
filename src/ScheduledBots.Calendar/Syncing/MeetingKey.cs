using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace ScheduledBots.Calendar.Syncing;

/// <summary>
/// The deduplication key of an occurrence's bot: the feed, its UID and which occurrence it is. UIDs are long and a stranger's, so they are
/// hashed; the event has a part of its own, by which all bots of an event are known.
/// </summary>
internal static class MeetingKey
{
    private const int HashLength = 16;

    public static string FeedPrefix(string feed) => $"ical:{feed}:";

    public static string EventPrefix(string feed, string uid) => $"{FeedPrefix(feed)}{Hash(uid)}:";

    public static string Of(string feed, CalendarMeeting meeting) =>
        EventPrefix(feed, meeting.Uid) + meeting.OriginallyAt?.UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);

    private static string Hash(string text) => Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, HashLength));
}
