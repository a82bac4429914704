namespace QuickStart;

/// <summary>Squeezes a day into a few seconds: order, spacing and shared start times are kept.</summary>
internal static class Replay
{
    public static IReadOnlyList<DateTimeOffset> Compress(IReadOnlyList<Meeting> meetings, DateTimeOffset firstAt, TimeSpan length)
    {
        DateTimeOffset first = meetings[0].StartsAt;
        TimeSpan day = meetings[^1].StartsAt - first;
        double scale = day > TimeSpan.Zero ? length / day : 0;
        return [.. meetings.Select(meeting => firstAt + ((meeting.StartsAt - first) * scale))];
    }
}
