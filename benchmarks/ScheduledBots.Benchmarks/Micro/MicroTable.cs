using System.Globalization;
using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using ScheduledBots.Measuring;

namespace ScheduledBots.Benchmarks.Micro;

/// <summary>Runs the small questions with BenchmarkDotNet, a class each, and keeps what they say in artifacts/bench/micro.json.</summary>
internal static class MicroTable
{
    private static readonly TimeSpan MaxTime = TimeSpan.FromMinutes(2);

    /// <param name="filter">A part of the names of the questions that are asked; empty for all.</param>
    /// <param name="isQuick">Each candidate once and cold: that it runs, and no figure.</param>
    /// <returns>Whether all that was asked for was measured.</returns>
    public static bool Run(string filter, bool isQuick)
    {
        Type[] questions =
        [
            .. typeof(MicroTable).Assembly.GetTypes()
                .Where(type => type.GetMethods().Any(method => method.IsDefined(typeof(BenchmarkAttribute), inherit: false)))
                .Where(type => type.Name.Contains(filter, StringComparison.OrdinalIgnoreCase))
                .OrderBy(type => type.Name, StringComparer.Ordinal),
        ];
        Console.WriteLine($"{"question",-18}{"candidate",-24}{"ns",14}{"deviation",12}{"ratio",9}{"bytes",9}");
        List<MicroRow> rows = [];
        DirectoryInfo folder = Directory.CreateTempSubdirectory("scheduled-bots-");
        foreach (Type question in questions)
        {
            rows.AddRange(Measure(question, isQuick, folder));
            Artifacts.WriteJson("micro", rows);
        }

        folder.Delete(recursive: true);
        return rows.Count > 0 && rows.All(row => row.Nanoseconds is not null);
    }

    private static List<MicroRow> Measure(Type question, bool isQuick, DirectoryInfo folder)
    {
        // In this process: the default toolchain would write a project below this one, which then takes the repository's central
        // packages and warnings as errors to be its own, and would build it for most of a minute before anything is measured.
        Job job = (isQuick ? Job.Dry : Job.ShortRun).WithToolchain(new InProcessEmitToolchain(MaxTime, logOutput: true));
        var log = new AccumulationLogger();
        IConfig config = ManualConfig.CreateEmpty()
            .AddJob(job)
            .AddDiagnoser(MemoryDiagnoser.Default)
            .AddColumnProvider(DefaultColumnProviders.Instance)
            .AddLogger(log)
            .WithArtifactsPath(folder.FullName);
        Summary summary = BenchmarkRunner.Run(question, config);
        double? baseline = summary.Reports.FirstOrDefault(report => summary.IsBaseline(report.BenchmarkCase))?.ResultStatistics?.Mean;
        List<MicroRow> rows = [.. summary.BenchmarksCases.Select(candidate => ToRow(question, candidate, summary[candidate], baseline))];
        rows.ForEach(Print);
        if (rows.Count == 0 || rows.Any(row => row.Nanoseconds is null))
        {
            Console.Error.WriteLine(log.GetLog());
        }

        return rows;
    }

    private static MicroRow ToRow(Type question, BenchmarkCase candidate, BenchmarkReport? report, double? baseline)
    {
        double? mean = report?.ResultStatistics?.Mean;
        double? deviation = report?.ResultStatistics is { N: > 1 } statistics ? statistics.StandardDeviation : null;
        return new MicroRow(
            question.Name, candidate.Descriptor.WorkloadMethodDisplayInfo, mean, deviation, mean / baseline, report?.GcStats.GetBytesAllocatedPerOperation(candidate));
    }

    private static void Print(MicroRow row) => Console.WriteLine(
        $"{row.Question,-18}{row.Candidate,-24}{Number(row.Nanoseconds, "#,0.0"),14}{Number(row.DeviationNanoseconds, "#,0.0"),12}{Number(row.Ratio, "0.00"),9}{row.Bytes,9}");

    private static string Number(double? value, string format) => value?.ToString(format, CultureInfo.InvariantCulture) ?? "-";
}
