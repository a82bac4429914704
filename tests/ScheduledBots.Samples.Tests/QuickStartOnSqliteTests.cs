namespace ScheduledBots.Samples.Tests;

[Collection(Processes.Name)]
public sealed class QuickStartOnSqliteTests : QuickStartSuite, IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("scheduled-bots-");

    protected override string Storage => "sqlite";

    [Theory]
    [InlineData("There is no storage 'oracle'", "--storage", "oracle")]
    [InlineData("cannot be reached", "--storage", "postgres", "--connection", "Host=127.0.0.1;Port=1;Username=nobody")]
    public async Task What_it_cannot_use_is_said_in_one_line_and_ends_it_with_2(string message, params string[] arguments)
    {
        using SampleProcess process = SampleProcess.Start("QuickStart", arguments);

        (int exitCode, _, string error) = await process.EndAsync();

        Assert.Equal(2, exitCode);
        Assert.Contains(message, Assert.Single(error.Split('\n', StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Delete(recursive: true);

    protected override Task<string> NewConnectionAsync() => Task.FromResult($"Data Source={_folder.FullName}/day.db");
}
