namespace ScheduledBots.Measuring;

/// <summary>The processor time that a virtual machine's host kept for others, from the system's own counters; zero where there are none.</summary>
public sealed class StealTime
{
    private const string Counters = "/proc/stat";
    private const int StealColumn = 7;

    /// <summary>The system counts in hundredths of a second: a herd alone is too short to be a share of.</summary>
    private static readonly TimeSpan Ahead = TimeSpan.FromSeconds(1);

    private readonly (long Steal, long All) _start = Read();

    /// <summary>What was stolen, in percent, while it counts: not before an instant, whose minutes of preparation would hide it, and until an end.</summary>
    public static async Task<double> AroundAsync(DateTimeOffset first, Task end)
    {
        TimeSpan wait = first - Ahead - DateTimeOffset.UtcNow;
        if (wait > TimeSpan.Zero)
        {
            await Task.Delay(wait);
        }

        var steal = new StealTime();
        await end;
        return steal.Percent;
    }

    /// <summary>Since this was made, in percent.</summary>
    public double Percent
    {
        get
        {
            (long steal, long all) = Read();
            return all == _start.All ? 0 : 100.0 * (steal - _start.Steal) / (all - _start.All);
        }
    }

    private static (long Steal, long All) Read()
    {
        if (!File.Exists(Counters))
        {
            return default;
        }

        // "cpu  user nice system idle iowait irq softirq steal guest guest_nice"; guests are counted in user already.
        long[] columns = [.. File.ReadLines(Counters).First().Split(' ', StringSplitOptions.RemoveEmptyEntries)[1..9].Select(long.Parse)];
        return (columns[StealColumn], columns.Sum());
    }
}
