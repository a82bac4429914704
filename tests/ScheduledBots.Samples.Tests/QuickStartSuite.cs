using System.Globalization;
using System.Text.RegularExpressions;

namespace ScheduledBots.Samples.Tests;

/// <summary>The QuickStart on a database, killed in the middle of its day.</summary>
public abstract partial class QuickStartSuite
{
    private const int Meetings = 14;

    [Fact]
    public async Task A_day_that_was_killed_in_the_middle_is_finished_by_the_same_command()
    {
        string[] command = ["--storage", Storage, "--connection", await NewConnectionAsync()];
        using (SampleProcess first = SampleProcess.Start("QuickStart", command))
        {
            await first.UntilAsync(line => line.StartsWith("Joined", StringComparison.Ordinal), 4);
            await first.KillAsync();
        }

        using SampleProcess second = SampleProcess.Start("QuickStart", command);
        (int exitCode, string[] output, string error) = await second.EndAsync();

        Assert.True(exitCode == 0, $"{exitCode}: {error}\n{string.Join('\n', output)}");
        Assert.Matches("^found 15 bots of an earlier run: .*Joined, 1 Cancelled; [0-9]+ were due while nothing ran$", output[0]);
        Match end = LastLine().Match(output[^1]);
        int joined = int.Parse(end.Groups["joined"].Value, CultureInfo.InvariantCulture);
        int missed = output.Select(line => MissedLine().Match(line)).Where(match => match.Success)
            .Sum(match => int.Parse(match.Groups["missed"].Value, CultureInfo.InvariantCulture));
        Assert.InRange(joined, 5, Meetings);
        Assert.Equal(Meetings, joined + missed);
    }

    protected abstract string Storage { get; }

    /// <summary>How to get to an empty database.</summary>
    protected abstract Task<string> NewConnectionAsync();

    [GeneratedRegex(@"^joined (?<joined>\d+) of 14, cancelled 1, early 0, lateness p50 [0-9.]+ ms p99 [0-9.]+ ms max [0-9.]+ ms$")]
    private static partial Regex LastLine();

    [GeneratedRegex(@"^missed (?<missed>\d+), due before")]
    private static partial Regex MissedLine();
}
