namespace ScheduledBots.Calendar.Sources;

/// <summary>Reads a stream to its end, but no further than is allowed; what a stream says of its own length is not believed.</summary>
internal static class BoundedRead
{
    private const int PartSize = 64 * 1024;

    public static async Task<byte[]> AllAsync(Stream stream, int maxBytes, CancellationToken cancellationToken)
    {
        using var all = new MemoryStream();
        byte[] part = new byte[PartSize];
        while (await stream.ReadAsync(part, cancellationToken).ConfigureAwait(false) is var count and > 0)
        {
            if (all.Length + count > maxBytes)
            {
                throw new CalendarFeedException($"The feed has more than {maxBytes} bytes. Raise MaxBytes, or have the calendar export less.");
            }

            all.Write(part, 0, count);
        }

        return all.ToArray();
    }
}
