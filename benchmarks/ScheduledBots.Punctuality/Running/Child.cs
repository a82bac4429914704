using System.Globalization;
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

    private static readonly TimeSpan MaxTime = TimeSpan.FromMinutes(8);

    /// <summary>Long enough for all bots to be scheduled and staged before the first is due, also while the machine has other work.</summary>
    private TimeSpan Lead => TimeSpan.FromSeconds(Store switch
    {
        null => 2,
        StoreKind.Memory => 15 + (Workload.Count / 5_000.0),
        _ => 25 + (Workload.Count / 1_500.0),
    });

    /// <summary>Starts a process for the run and reads what it measured.</summary>
    public Task<RunResult> StartAsync() => ChildProcess.AskAsync<RunResult>(
        MaxTime, Verb, Store?.ToString() ?? "", Workload.Name, Connection, Seed.ToString(CultureInfo.InvariantCulture));

    /// <summary>Is that process.</summary>
    public static async Task RunAsync(string[] arguments)
    {
        StoreKind? store = arguments[1].Length > 0 ? Enum.Parse<StoreKind>(arguments[1]) : null;
        var child = new Child(store, Workload.Named(arguments[2]), arguments[3], int.Parse(arguments[4], CultureInfo.InvariantCulture));
        DateTimeOffset first = WholeSecond(DateTimeOffset.UtcNow + child.Lead);
        DateTimeOffset[] instants = child.Workload.Instants(first, child.Seed);

        var arrivals = new Arrivals(instants);
        Task run = store is { } there
            ? EngineRun.RunAsync(there, child.Connection, instants, arrivals)
            : BareRun.RunAsync(child.Workload, instants, arrivals);
        double stealPercent = await StealTime.AroundAsync(first, Task.WhenAny(arrivals.All, run));
        await run;
        ChildProcess.Answer(arguments, arrivals.Result(stealPercent));
    }

    private static DateTimeOffset WholeSecond(DateTimeOffset instant) => new(instant.Ticks - (instant.Ticks % TimeSpan.TicksPerSecond), instant.Offset);
}
