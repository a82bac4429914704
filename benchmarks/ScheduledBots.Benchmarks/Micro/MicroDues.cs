namespace ScheduledBots.Benchmarks.Micro;

/// <summary>When entries are due: at random within a month, drawn before anything is measured, in microseconds.</summary>
internal sealed class MicroDues
{
    private const long Month = 30L * 86_400_000_000;
    private const int Count = 1 << 16;

    private readonly long[] _drawn = new long[Count];
    private int _next;

    public MicroDues()
    {
        var random = new Random(1);
        for (int i = 0; i < Count; i++)
        {
            _drawn[i] = random.NextInt64(1, Month);
        }
    }

    /// <summary>Some time after an instant.</summary>
    public long After(long now) => now + _drawn[_next++ & (Count - 1)];
}
