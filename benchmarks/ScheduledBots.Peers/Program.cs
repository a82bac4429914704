// How does ScheduledBots compare with what one would take instead? Prints tables in Markdown, writes artifacts/bench.
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

var server = new PostgresServer("shared_buffers=512MB", "max_wal_size=4GB") { WaitsForDisk = true };
try
{
    if (entrants.Any(entrant => entrant.IsDurable))
    {
        await server.StartAsync();
    }

    List<PeerRow> rows = [];
    foreach (Entrant entrant in entrants)
    {
        Dictionary<Measurement, Findings> found = [];
        foreach (Measurement measurement in Enum.GetValues<Measurement>().Where(measurement => Applies(entrant, measurement)))
        {
            Console.Error.WriteLine($"{DateTime.Now:HH:mm:ss} {entrant.Label}: {measurement}");
            string connection = entrant.IsDurable ? await server.CreateDatabaseAsync() : "";
            found[measurement] = await new Child(entrant, measurement, connection, isQuick).StartAsync();
        }

        rows.Add(new PeerRow(entrant, found));
    }

    PeerReport.Print(rows);
    PeerReport.Write(rows);
    return rows.Any(row => row.Errors.Length > 0) ? 1 : 0;
}
finally
{
    await server.StopAsync();
}

// Rates and heap do not depend on how often a peer looks; only what is stored outside of a process can be taken over.
bool Applies(Entrant entrant, Measurement measurement) => measurement switch
{
    Measurement.Rates => entrant.IsTuned,
    Measurement.Heap => entrant.IsTuned && !entrant.IsDurable,
    Measurement.TakeOver => entrant.IsTuned && entrant.IsDurable && !isQuick,
    _ => true,
};
