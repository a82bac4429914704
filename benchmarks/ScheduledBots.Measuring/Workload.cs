using System.Globalization;

namespace ScheduledBots.Measuring;

/// <summary>When the bots of a run join.</summary>
/// <param name="Name">As it is asked for and printed.</param>
/// <param name="Count">How many bots there are.</param>
/// <param name="Length">Over what stretch they are spread evenly at random; zero for one instant.</param>
public sealed record Workload(string Name, int Count, TimeSpan Length)
{
    /// <summary>A working day in small: on average one bot in four milliseconds.</summary>
    public static readonly Workload Spread = new("spread", 5_000, TimeSpan.FromSeconds(20));

    /// <summary>A full hour, when every calendar has its meetings.</summary>
    public static readonly Workload Herd = new("herd", 10_000, TimeSpan.Zero);

    public static readonly IReadOnlyList<Workload> All = [Spread, Herd];

    /// <summary>A herd of another size.</summary>
    public static Workload HerdOf(int count) => Herd with { Name = $"herd-{count}", Count = count };

    /// <summary>One of <see cref="All"/>, or a herd of another size.</summary>
    public static Workload Named(string name) =>
        All.FirstOrDefault(workload => workload.Name == name) ?? HerdOf(int.Parse(name["herd-".Length..], CultureInfo.InvariantCulture));

    /// <summary>The instants in ascending order, whole microseconds.</summary>
    /// <param name="first">No instant is earlier.</param>
    /// <param name="seed">The same seed gives the same instants.</param>
    public DateTimeOffset[] Instants(DateTimeOffset first, int seed)
    {
        var random = new Random(seed);
        long length = Length.Ticks / TimeSpan.TicksPerMicrosecond;
        return [.. Enumerable.Range(0, Count)
            .Select(_ => first.AddTicks(random.NextInt64(length + 1) * TimeSpan.TicksPerMicrosecond))
            .Order()];
    }
}
