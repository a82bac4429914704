using ScheduledBots.Benchmarks.Calendar;
using ScheduledBots.Benchmarks.Micro;
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
    case StoredEngine.Verb:
        await StoredEngine.RunAsync(args);
        return 0;
    case "calendar":
        await CalendarFigures.RunAsync();
        return 0;
    case "micro":
        int filter = Array.IndexOf(args, "--filter");
        return MicroTable.Run(filter >= 0 && filter + 1 < args.Length ? args[filter + 1] : "", isQuick) ? 0 : 1;
    default:
        Console.Error.WriteLine("usage: wheel [--quick] | store [--quick] | stored [--quick] | calendar | micro [--quick] [--filter NAME]");
        return 2;
}
