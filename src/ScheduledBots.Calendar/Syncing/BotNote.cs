using System.Buffers;
using System.Text;
using System.Text.Json;
using ScheduledBots.Lifecycle;

namespace ScheduledBots.Calendar.Syncing;

/// <summary>
/// The metadata of a feed's bot: which event it is for. A bot whose event took it away is marked, so that the event may come back: a bot
/// that was cancelled by somebody else is left cancelled for as long as its event stays as it is.
/// </summary>
internal static class BotNote
{
    private const string Beginning = """{"calendar":""";

    private const string Mark = ""","withdrawn":true}""";

    public static string Of(string feed, CalendarMeeting meeting)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("calendar", feed);
            json.WriteString("uid", meeting.Uid);
            if (meeting.OriginallyAt is { } original)
            {
                json.WriteString("recurrence_id", original);
            }

            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    public static bool IsWithdrawn(Bot bot) => IsOurs(bot) && bot.Metadata!.EndsWith(Mark, StringComparison.Ordinal);

    /// <summary>Whether the host left the metadata as it was; its own words are never replaced.</summary>
    public static bool IsOurs(Bot bot) => bot.Metadata?.StartsWith(Beginning, StringComparison.Ordinal) == true;

    public static string Withdrawn(string note) => note[..^1] + Mark;
}
