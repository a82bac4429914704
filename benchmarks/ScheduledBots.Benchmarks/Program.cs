using BenchmarkDotNet.Running;
using ScheduledBots.Benchmarks.Wheel;

switch (args.FirstOrDefault())
{
    case "wheel":
        WheelTable.Run(isQuick: args.Contains("--quick"));
        return 0;
    case "bdn":
        BenchmarkSwitcher.FromAssembly(typeof(WheelTable).Assembly).Run(args[1..]);
        return 0;
    default:
        Console.Error.WriteLine("usage: wheel [--quick] | bdn [BenchmarkDotNet arguments]");
        return 2;
}
