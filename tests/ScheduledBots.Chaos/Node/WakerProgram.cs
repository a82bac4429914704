using System.Globalization;
using ScheduledBots.Configuration;
using ScheduledBots.Execution;

namespace ScheduledBots.Chaos.Node;

/// <summary>
/// The bare waker: the engine's own wait code in a process that does nothing else. How late it wakes is what the machine
/// does to everybody in that minute; what an engine adds is measured against it.
/// </summary>
internal static class WakerProgram
{
    /// <summary>From one wake to the next.</summary>
    private static readonly TimeSpan Period = TimeSpan.FromMilliseconds(20);

    /// <summary>Wakes until standard input ends, then writes a line for each wake: when it was due and how late it came, in ticks.</summary>
    public static async Task<int> RunAsync(string file)
    {
        var options = new ScheduledBotsOptions();
        var clock = new EngineClock(TimeProvider.System, options.MaxClockSkew);
        List<(DateTimeOffset DueAt, TimeSpan Lateness)> wakes = new(capacity: 100_000);
        DateTimeOffset due = clock.Now + Period;
        DateTimeOffset? Turn()
        {
            DateTimeOffset now = TimeProvider.System.GetUtcNow();
            if (now >= due)
            {
                wakes.Add((due, now - due));
                due = now + Period;
            }

            return due;
        }

        await using (var waker = Waker.Create(TimeProvider.System, clock, options.MaxSpin, Console.Error.WriteLine))
        {
            waker.Start(Turn);
            Console.WriteLine(NodeProgram.Ready);
            await Console.In.ReadToEndAsync();
        }

        await File.WriteAllLinesAsync(file, wakes.Select(wake =>
            string.Create(CultureInfo.InvariantCulture, $"{wake.DueAt.UtcTicks} {wake.Lateness.Ticks}")));
        return 0;
    }
}
