// How does ScheduledBots compare with what one would take instead? Prints tables in Markdown, writes artifacts/bench.
using System.Diagnostics;
using Npgsql;
using ScheduledBots.Measuring;
using ScheduledBots.Peers.Entrants;
using ScheduledBots.Peers.Reporting;
using ScheduledBots.Peers.Running;
using ScheduledBots.TestDatabase;

switch (args.FirstOrDefault())
{
    case Child.Verb:
        await Child.RunAsync(args);
        return 0;
    case NodeProcess.Verb:
        await NodeProcess.RunAsync(args);
        return 0;
}

// Whoever reads the figures waits for them; what is not measured by then is said.
TimeSpan MaxTime = TimeSpan.FromMinutes(20);

// More than any peer has threads: none waits for a connection.
const int MaxPoolSize = 150;

bool isQuick = args.Contains("--quick");
int only = Array.IndexOf(args, "--only");
string name = only >= 0 && only + 1 < args.Length ? args[only + 1] : "";
Entrant[] entrants =
[
    .. Entrant.All.Where(entrant => entrant.Label.Contains(name, StringComparison.OrdinalIgnoreCase)).Where(entrant => entrant.IsTuned || !isQuick),
];
if (entrants.Length == 0)
{
    Console.Error.WriteLine($"usage: peers [--quick] [--only NAME]; no peer has a name with '{name}'");
    return 2;
}

PostgresServer server = BenchServer.New();
try
{
    if (entrants.Any(entrant => entrant.IsDurable))
    {
        await server.StartAsync();
    }

    long start = Stopwatch.GetTimestamp();
    List<PeerRow> rows = [];
    foreach (Entrant entrant in entrants)
    {
        Dictionary<Measurement, Findings> found = [];
        rows.Add(new PeerRow(entrant, found));
        foreach (Measurement measurement in Enum.GetValues<Measurement>().Where(measurement => Applies(entrant, measurement)))
        {
            Console.Error.WriteLine($"{DateTime.Now:HH:mm:ss} {entrant.Label}: {measurement}");
            found[measurement] = Stopwatch.GetElapsedTime(start) < MaxTime
                ? await MeasureAsync(entrant, measurement)
                : new Findings { Error = $"not measured, {MaxTime.TotalMinutes:0} min were over" };
            PeerReport.Write(rows);
        }
    }

    PeerReport.Print(rows);
    return rows.Any(row => row.Errors.Length > 0) ? 1 : 0;
}
finally
{
    await server.StopAsync();
}

// On a database of its own, which is deleted then: a server goes on sweeping what is left in one.
async Task<Findings> MeasureAsync(Entrant entrant, Measurement measurement)
{
    if (!entrant.IsDurable)
    {
        return await new Child(entrant, measurement, "", isQuick).StartAsync();
    }

    string database = await server.CreateDatabaseAsync();
    string connection = new NpgsqlConnectionStringBuilder(database) { MaxPoolSize = MaxPoolSize }.ConnectionString;
    Findings findings = await new Child(entrant, measurement, connection, isQuick).StartAsync();
    await server.DropDatabaseAsync(database);
    return findings;
}

// Rates and heap do not depend on how often a peer looks; only what is stored outside of a process can be taken over.
bool Applies(Entrant entrant, Measurement measurement) => measurement switch
{
    Measurement.Rates => entrant.IsTuned,
    Measurement.Heap => entrant.IsTuned && !entrant.IsDurable,
    Measurement.TakeOver => entrant.IsTuned && entrant.IsDurable && !isQuick,
    _ => true,
};
