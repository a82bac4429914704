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
        return await ScaleTable.RunAsync(isQuick) ? 0 : 1;
}

StoreKind[] stores = [.. Enum.GetValues<StoreKind>().Where(store => args.All(IsOption) || args.Contains(store.ToString().ToLowerInvariant()))];
if (stores.Length == 0)
{
    Console.Error.WriteLine($"usage: punctuality [memory] [sqlite] [postgres] [--quick]; found: {string.Join(' ', args)}");
    return 2;
}

await using var databases = new Databases();
List<Comparison> comparisons = [];
bool allEnded = true;
Report.PrintHead();
foreach ((StoreKind store, Workload workload) in stores.SelectMany(store => Workload.All.Select(workload => (store, workload))))
{
    try
    {
        Comparison comparison = await CompareAsync(store, workload, pairs: isQuick ? 1 : 5);
        comparisons.Add(comparison);
        Report.Print(comparison);
        Report.Write(comparisons);
    }
    catch (InvalidOperationException failure)
    {
        // The others are measured all the same.
        allEnded = false;
        Console.Error.WriteLine($"{store}, {workload.Name}: {failure.Message}");
    }
}

return allEnded && comparisons.Sum(comparison => comparison.Early + comparison.Lost + comparison.Doubled) == 0 ? 0 : 1;

static bool IsOption(string argument) => argument.StartsWith("--", StringComparison.Ordinal);

// In turns, and every other pair the other way round, so that what the machine does meanwhile meets both.
async Task<Comparison> CompareAsync(StoreKind store, Workload workload, int pairs)
{
    List<RunResult> bare = [], engine = [];
    for (int pair = 0; pair < pairs; pair++)
    {
        foreach (bool isBare in (bool[])[pair % 2 == 0, pair % 2 != 0])
        {
            (isBare ? bare : engine).Add(isBare
                ? await new Child(null, workload, "", Seed: pair).StartAsync()
                : await databases.LendAsync(store, connection => new Child(store, workload, connection, Seed: pair).StartAsync()));
        }
    }

    return new Comparison(store, workload, bare, engine);
}
