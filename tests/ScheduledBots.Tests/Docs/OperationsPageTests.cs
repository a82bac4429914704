using System.Diagnostics.Metrics;
using System.Reflection;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Logging;
using ScheduledBots.Diagnostics;
using ScheduledBots.Tests.Conventions;

namespace ScheduledBots.Tests.Docs;

/// <summary>docs/operations.md names what the library measures, traces and logs: all of it, and nothing else.</summary>
public sealed partial class OperationsPageTests
{
    private static readonly string Page = Repository.Read("docs/operations.md").ReplaceLineEndings("\n");

    // Mutant: the line of scheduledbots.join.early deleted from the page.
    [Fact]
    public void The_metrics_of_the_page_are_the_instruments_of_the_meter()
    {
        List<(string, string, string)> instruments = [];
        using var listener = new MeterListener();
        using var owner = new SchedulerInstruments(null);
        listener.InstrumentPublished = (instrument, _) =>
        {
            if (instrument.Meter.Name == SchedulerInstruments.MeterName)
            {
                instruments.Add((instrument.Name, Kind().Match(instrument.GetType().Name).Value, instrument.Unit!));
            }
        };
        listener.Start();

        IEnumerable<(string, string, string)> written = Metric().Matches(Page)
            .Select(row => (row.Groups[1].Value, row.Groups[2].Value, row.Groups[3].Value));

        Assert.Equal(instruments.Distinct().Order(), written.Order());
    }

    // Mutant: log line 12 is a warning on the page.
    [Fact]
    public void The_log_lines_of_the_page_are_those_of_the_code()
    {
        IEnumerable<string> lines =
            from type in new[] { typeof(Log), typeof(EventLog) }
            from method in type.GetMethods(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic)
            let line = method.GetCustomAttribute<LoggerMessageAttribute>()
            where line is not null
            orderby line.EventId
            select $"{line.EventId} {line.Level}";

        IEnumerable<string> written = LogLine().Matches(Page).Select(row => $"{row.Groups[1].Value} {row.Groups[2].Value}");

        Assert.Equal(lines, written);
    }

    [Fact]
    public void The_spans_of_the_page_are_those_of_the_code()
    {
        IEnumerable<string> written = Span().Matches(Page).Select(row => row.Groups[1].Value);

        Assert.Equal([SchedulerActivity.Stage, SchedulerActivity.Join], written);
    }

    [Fact]
    public void Every_log_line_says_what_happens_next() => Assert.All(
        typeof(Log).GetMethods(BindingFlags.Static | BindingFlags.Public).Concat(typeof(EventLog).GetMethods(BindingFlags.Static | BindingFlags.NonPublic))
            .Select(method => method.GetCustomAttribute<LoggerMessageAttribute>()?.Message)
            .OfType<string>(),
        message => Assert.Matches("[;:]", message));

    [GeneratedRegex(@"^\| `(scheduledbots\.[a-z_.]+)` \| (\w+) \| `([^`]+)` \|", RegexOptions.Multiline)]
    private static partial Regex Metric();

    [GeneratedRegex(@"^\| (\d+) \| (\w+) \|", RegexOptions.Multiline)]
    private static partial Regex LogLine();

    [GeneratedRegex(@"^\| `(scheduledbots\.[a-z]+)` \| one call", RegexOptions.Multiline)]
    private static partial Regex Span();

    [GeneratedRegex("UpDownCounter|Counter|Histogram|Gauge")]
    private static partial Regex Kind();
}
