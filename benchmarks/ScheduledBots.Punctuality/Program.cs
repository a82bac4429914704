// How late are bots, beside a bare waker that knows nothing but the instants? Prints a table, writes artifacts/bench.
using ScheduledBots.Measuring;
using ScheduledBots.Punctuality;
using ScheduledBots.Punctuality.Reporting;
using ScheduledBots.Punctuality.Running;
using ScheduledBots.Punctuality.Scale;

bool isQuick = args.Contains("--quick");
switch (args.FirstOrDefault())
{
    case Child.Verb:
        await Child.RunAsync(args);
        return 0;
    case StoredChild.Verb:
        await StoredChild.RunAsync(args);
        return 0;
    case ScaleTable.Verb:
        await ScaleTable.RunAsync(isQuick);
        return 0;
}

StoreKind[] stores = [.. Enum.GetValues<StoreKind>().Where(store => args.All(IsOption) || args.Contains(store.ToString().ToLowerInvariant()))];
if (stores.Length == 0)
{
    Console.Error.WriteLine($"usage: punctuality [memory] [sqlite] [postgres] [--quick]; found: {string.Join(' ', args)}");
    return 2;
}

await using var databases = new Databases();
List<Comparison> comparisons = [];
Report.PrintHead();
foreach (StoreKind store in stores)
{
    foreach (Workload workload in Workload.All)
    {
        Comparison comparison = await CompareAsync(store, workload, pairs: isQuick ? 1 : 5);
        Report.Print(comparison);
        comparisons.Add(comparison);
    }
}

Report.Write(comparisons);
return comparisons.Sum(comparison => comparison.Early + comparison.Lost + comparison.Doubled) == 0 ? 0 : 1;

static bool IsOption(string argument) => argument.StartsWith("--", StringComparison.Ordinal);

// In turns, and every other pair the other way round, so that what the machine does meanwhile meets both.
async Task<Comparison> CompareAsync(StoreKind store, Workload workload, int pairs)
{
    List<RunResult> bare = [], engine = [];
    for (int pair = 0; pair < pairs; pair++)
    {
        var bareChild = new Child(null, workload, "", Seed: pair);
        var engineChild = new Child(store, workload, await databases.CreateAsync(store), Seed: pair);
        if (pair % 2 == 0)
        {
            bare.Add(await bareChild.StartAsync());
            engine.Add(await engineChild.StartAsync());
        }
        else
        {
            engine.Add(await engineChild.StartAsync());
            bare.Add(await bareChild.StartAsync());
        }
    }

    return new Comparison(store, workload, bare, engine);
}
