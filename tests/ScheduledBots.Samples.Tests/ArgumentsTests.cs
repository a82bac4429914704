using QuickStart;

namespace ScheduledBots.Samples.Tests;

public sealed class ArgumentsTests
{
    [Fact]
    public void Nothing_means_the_sample_day_in_memory() => Assert.Equal(new Arguments(null, "memory", ""), Arguments.Parse([]));

    [Fact]
    public void SQLite_has_a_file_of_its_own_and_PostgreSQL_is_told_one()
    {
        Assert.Equal(new Arguments("day.ics", "sqlite", "Data Source=quickstart.db"), Arguments.Parse(["day.ics", "--storage", "sqlite"]));
        Assert.Equal(new Arguments(null, "postgres", "Host=db"), Arguments.Parse(["--connection", "Host=db", "--storage", "postgres"]));
    }

    [Theory]
    [InlineData("There is no storage 'oracle'", "--storage", "oracle")]
    [InlineData("--storage has no value", "--storage")]
    [InlineData("--connection has no value", "--connection", "--storage")]
    [InlineData("Add --connection", "--storage", "postgres")]
    [InlineData("kept in memory", "--connection", "Host=db")]
    [InlineData("There is no option '--store'", "--store", "sqlite")]
    public void What_is_wrong_is_named_with_the_cure(string message, params string[] args)
    {
        var refusal = Assert.Throws<UsageException>(() => Arguments.Parse(args));

        Assert.Contains(message, refusal.Message, StringComparison.Ordinal);
    }
}
