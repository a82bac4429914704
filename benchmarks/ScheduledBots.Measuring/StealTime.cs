namespace ScheduledBots.Measuring;

/// <summary>The processor time that a virtual machine's host kept for others, from the system's own counters; zero where there are none.</summary>
public sealed class StealTime
{
    private const string Counters = "/proc/stat";
    private const int StealColumn = 7;

    private readonly (long Steal, long All) _start = Read();

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
