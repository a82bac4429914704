using System.Globalization;
using BenchmarkDotNet.Running;
using ScheduledBots.Benchmarks.Calendar;
using ScheduledBots.Benchmarks.Store;
using ScheduledBots.Benchmarks.Stored;
using ScheduledBots.Benchmarks.Wheel;

bool isQuick = args.Contains("--quick");
switch (args.FirstOrDefault())
{
    case "wheel":
        WheelTable.Run(isQuick);
        return 0;
    case "store":
        await StoreTable.RunAsync(isQuick);
        return 0;
    case "stored":
        await StoredTable.RunAsync(stored: isQuick ? 500_000 : 10_000_000, owned: isQuick ? 50_000 : 100_000);
        return 0;
    case "stored-engine":
        await StoredEngine.RunAsync(args[1], int.Parse(args[2], CultureInfo.InvariantCulture));
        return 0;
    case "calendar":
        await CalendarFigures.RunAsync();
        return 0;
    case "bdn":
        BenchmarkSwitcher.FromAssembly(typeof(WheelTable).Assembly).Run(args[1..]);
        return 0;
    default:
        Console.Error.WriteLine("usage: wheel [--quick] | store [--quick] | stored [--quick] | calendar | bdn [BenchmarkDotNet arguments]");
        return 2;
}
