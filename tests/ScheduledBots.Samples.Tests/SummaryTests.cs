using QuickStart;

namespace ScheduledBots.Samples.Tests;

public sealed class SummaryTests
{
    [Fact]
    public void The_last_line_says_what_the_day_came_to()
    {
        var summary = new Summary(3, 1, [0.2, 0.1, 4]);

        string[] lines = Write(summary);

        Assert.Equal("joined 3 of 3, cancelled 1, early 0, lateness p50 0.200 ms p99 4.000 ms max 4.000 ms", lines[^1]);
        Assert.True(summary.IsGood);
    }

    [Theory]
    [InlineData(0.1, 0.1)]
    [InlineData(0.1, 0.2, -0.001)]
    public void A_bot_that_is_missing_or_early_spoils_the_day(params double[] lateness) =>
        Assert.False(new Summary(3, 0, lateness).IsGood);

    private static string[] Write(Summary summary)
    {
        using var output = new StringWriter();
        summary.Write(output);
        return output.ToString().Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries);
    }
}
