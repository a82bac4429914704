using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using ScheduledBots.Measuring;

namespace ScheduledBots.Punctuality.Running;

/// <summary>One run in a process of its own, so that no run warms or burdens another.</summary>
/// <param name="Store">Null for the bare waker.</param>
/// <param name="Workload">What is run.</param>
/// <param name="Connection">Of a database without bots; empty for memory.</param>
/// <param name="Seed">Both runs of a pair have the same instants after their first.</param>
internal sealed record Child(StoreKind? Store, Workload Workload, string Connection, int Seed)
{
    /// <summary>The first argument of a process that is one.</summary>
    public const string Verb = "child";

    /// <summary>Long enough for ten thousand bots to be scheduled, staged and armed before the first is due.</summary>
    private static readonly TimeSpan EngineLead = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan BareLead = TimeSpan.FromSeconds(2);

    /// <summary>Starts a process for the run and reads what it measured.</summary>
    public async Task<RunResult> StartAsync()
    {
        string file = Path.GetTempFileName();
        try
        {
            string[] arguments =
            [
                Verb, Store?.ToString() ?? "", Workload.Name, Connection, Seed.ToString(CultureInfo.InvariantCulture), file,
            ];
            using Process process = Process.Start(Environment.ProcessPath!, arguments);
            await process.WaitForExitAsync();
            return process.ExitCode == 0
                ? JsonSerializer.Deserialize<RunResult>(await File.ReadAllTextAsync(file))!
                : throw new InvalidOperationException($"A run ended with {process.ExitCode}; it says why above.");
        }
        finally
        {
            File.Delete(file);
        }
    }

    /// <summary>Is that process.</summary>
    public static async Task RunAsync(string[] arguments)
    {
        StoreKind? store = arguments[1].Length > 0 ? Enum.Parse<StoreKind>(arguments[1]) : null;
        Workload workload = Workload.Named(arguments[2]);
        DateTimeOffset first = WholeSecond(DateTimeOffset.UtcNow + (store is null ? BareLead : EngineLead * Math.Max(1, workload.Count / 20_000.0)));
        DateTimeOffset[] instants = workload.Instants(first, int.Parse(arguments[4], CultureInfo.InvariantCulture));

        var arrivals = new Arrivals(instants);
        var steal = new StealTime();
        await (store is { } there
            ? EngineRun.RunAsync(there, arguments[3], instants, arrivals)
            : BareRun.RunAsync(workload, instants, arrivals));
        await File.WriteAllTextAsync(arguments[5], JsonSerializer.Serialize(arrivals.Result(steal.Percent)));
    }

    private static DateTimeOffset WholeSecond(DateTimeOffset instant) => new(instant.Ticks - (instant.Ticks % TimeSpan.TicksPerSecond), instant.Offset);
}
