namespace ScheduledBots.Simulation.World;

/// <summary>The only source of chance in a run: SplitMix64, so that a seed means the same on every machine and runtime.</summary>
internal sealed class Dice(ulong seed)
{
    private ulong _state = seed;

    /// <summary>A stream of its own: what is drawn from it moves nothing else.</summary>
    public static Dice For(int seed, string purpose)
    {
        ulong hash = 14695981039346656037;
        foreach (char letter in purpose)
        {
            hash = (hash ^ letter) * 1099511628211;
        }

        var dice = new Dice(hash ^ ((ulong)(uint)seed * 0x9E3779B97F4A7C15));
        dice.Next();
        return dice;
    }

    public ulong Next()
    {
        _state += 0x9E3779B97F4A7C15;
        ulong z = _state;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }

    /// <summary>From 0 to below 1.</summary>
    public double NextDouble() => (Next() >> 11) * (1.0 / (1UL << 53));

    /// <summary>From <paramref name="least"/> to <paramref name="most"/>, both included.</summary>
    public int Between(int least, int most) => least + (int)(Next() % (ulong)(most - least + 1));

    /// <summary>From <paramref name="least"/> to <paramref name="most"/>, both included, in whole ticks.</summary>
    public TimeSpan Between(TimeSpan least, TimeSpan most) => new(least.Ticks + (long)(Next() % (ulong)(most.Ticks - least.Ticks + 1)));

    /// <summary>Seconds with a fraction, as a duration.</summary>
    public TimeSpan Seconds(double least, double most) => TimeSpan.FromMicroseconds(Math.Round((least + (NextDouble() * (most - least))) * 1e6));

    public bool Chance(double probability) => NextDouble() < probability;

    public T Pick<T>(params ReadOnlySpan<T> choices) => choices[Between(0, choices.Length - 1)];

    /// <summary>A version 7 look-alike; only its bytes matter.</summary>
    public Guid NextGuid()
    {
        Span<byte> bytes = stackalloc byte[16];
        BitConverter.TryWriteBytes(bytes, Next());
        BitConverter.TryWriteBytes(bytes[8..], Next());
        return new Guid(bytes);
    }
}
