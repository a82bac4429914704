using System.Globalization;

namespace ScheduledBots.Chaos.Judging;

/// <summary>One line of a witness file.</summary>
internal sealed record WitnessLine
{
    public required WitnessKind Kind { get; init; }

    public required Guid Bot { get; init; }

    public required long Fence { get; init; }

    public required DateTimeOffset JoinAt { get; init; }

    /// <summary>The machine's wall clock.</summary>
    public required DateTimeOffset WallAt { get; init; }

    /// <summary>The machine's monotonic clock.</summary>
    public required long Timestamp { get; init; }

    /// <summary>0 where it was no join.</summary>
    public int Attempt { get; init; }

    public bool PossiblyStarted { get; init; }

    public DateTimeOffset? ArmedUntil { get; init; }

    public string Format() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Kind} {Bot:N} {Fence} {JoinAt.UtcTicks} {WallAt.UtcTicks} {Timestamp} {Attempt} {(PossiblyStarted ? 1 : 0)} {ArmedUntil?.UtcTicks ?? 0}\n");

    public static WitnessLine Parse(string line)
    {
        string[] words = line.Split(' ');
        long armedUntil = Number(words[8]);
        return new WitnessLine
        {
            Kind = Enum.Parse<WitnessKind>(words[0]),
            Bot = Guid.ParseExact(words[1], "N"),
            Fence = Number(words[2]),
            JoinAt = Instant(Number(words[3])),
            WallAt = Instant(Number(words[4])),
            Timestamp = Number(words[5]),
            Attempt = (int)Number(words[6]),
            PossiblyStarted = words[7] == "1",
            ArmedUntil = armedUntil == 0 ? null : Instant(armedUntil),
        };
    }

    private static long Number(string word) => long.Parse(word, CultureInfo.InvariantCulture);

    private static DateTimeOffset Instant(long ticks) => new(ticks, TimeSpan.Zero);
}
