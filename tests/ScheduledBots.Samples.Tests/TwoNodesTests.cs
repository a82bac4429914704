using System.Text.RegularExpressions;

namespace ScheduledBots.Samples.Tests;

/// <summary>Two real processes on a real PostgreSQL, one of which is killed.</summary>
[Collection(Processes.Name)]
public sealed partial class TwoNodesTests
{
    [Fact]
    public async Task The_other_node_takes_over_and_no_bot_is_lost_or_doubled()
    {
        using SampleProcess show = SampleProcess.Start("TwoNodes");

        (int exitCode, string[] output, string error) = await show.EndAsync();

        Assert.True(exitCode == 0, $"{exitCode}: {error}\n{string.Join('\n', output)}");
        Assert.Matches(LastLine(), output[^1]);
        Assert.Contains(output, line => line.Contains("node-b (taken over)", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("SQLite, which takes one engine only", "--connection", "Data Source=bots.db")]
    [InlineData("cannot be reached", "--connection", "Host=127.0.0.1;Port=1;Username=nobody")]
    [InlineData("Use: TwoNodes", "--storage", "postgres")]
    public async Task What_it_cannot_use_is_said_in_one_line_and_ends_it_with_2(string message, params string[] arguments)
    {
        using SampleProcess process = SampleProcess.Start("TwoNodes", arguments);

        (int exitCode, _, string error) = await process.EndAsync();

        Assert.Equal(2, exitCode);
        Assert.Contains(message, Assert.Single(error.Split('\n', StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
    }

    [GeneratedRegex(@"^joined 24 of 24, failed 0, lost 0, doubled 0, joined again and told so \d+, early 0; first claimed [0-9.]+ s after they were scheduled, \d+ taken over [0-9.]+ s after the kill, latest [0-9.]+ s$")]
    private static partial Regex LastLine();
}
