using System.Text.RegularExpressions;
using BrowserBots;

namespace ScheduledBots.Samples.Tests;

/// <summary>Real browsers in a real meeting, and what is said where there is no browser.</summary>
[Collection(Processes.Name)]
public sealed partial class BrowserBotsTests
{
    [BrowserFact]
    public async Task A_scheduled_bot_is_in_its_meeting_many_times_sooner_than_one_that_is_wanted_at_once()
    {
        using SampleProcess show = SampleProcess.Start("BrowserBots", "--runs", "2");

        (int exitCode, string[] output, string error) = await show.EndAsync();

        Assert.True(exitCode == 0, $"{exitCode}: {error}\n{string.Join('\n', output)}");
        Assert.Matches(LastLine(), output[^1]);
        Assert.Equal(2, output.Count(line => line.StartsWith("run ", StringComparison.Ordinal)));
    }

    /// <summary>It is told to end while a bot's browser is being started: the first one was only to see that there is one.</summary>
    [BrowserFact]
    public async Task Ended_in_the_middle_it_leaves_no_browser_behind()
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("bots-");
        using var profiles = new SemaphoreSlim(0);
        using var watcher = new FileSystemWatcher(folder.FullName, "playwright_chromiumdev_profile*") { NotifyFilter = NotifyFilters.DirectoryName };
        watcher.Created += (_, _) => profiles.Release();
        watcher.EnableRaisingEvents = true;

        using SampleProcess show = SampleProcess.StartIn(new() { ["TMPDIR"] = folder.FullName }, "BrowserBots");
        Assert.True(await profiles.WaitAsync(TimeSpan.FromMinutes(1)) && await profiles.WaitAsync(TimeSpan.FromMinutes(1)), "no second browser was started");
        await show.TerminateAsync();
        (int exitCode, _, string error) = await show.EndAsync();

        Assert.True(exitCode == 130, $"{exitCode}: {error}");
        Assert.Empty(ProcessesThatName(folder.FullName));
        Assert.Empty(folder.EnumerateFileSystemInfos("playwright_chromiumdev_profile*"));
        folder.Delete(recursive: true);
    }

    [Fact]
    public async Task Where_no_browser_is_installed_it_says_what_it_looked_for_and_what_to_do()
    {
        DirectoryInfo empty = Directory.CreateTempSubdirectory("bots-");
        using SampleProcess process = SampleProcess.StartIn(new() { ["PATH"] = empty.FullName }, "BrowserBots");

        (int exitCode, _, string error) = await process.EndAsync();

        Assert.Equal(2, exitCode);
        string message = Assert.Single(error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.StartsWith("No browser was found: none of chromium, chromium-browser, ", message, StringComparison.Ordinal);
        Assert.Contains("Wanted is any Chromium or Chrome", message, StringComparison.Ordinal);
        Assert.Contains("apt-get install chromium", message, StringComparison.Ordinal);
        empty.Delete();
    }

    [Theory]
    [InlineData("There is no browser at '/nowhere/chromium'", "--browser", "/nowhere/chromium")]
    [InlineData("does not start as a browser", "--browser", "THIS PROCESS")]
    [InlineData("--browser has no value", "--browser")]
    [InlineData("--runs is '0'", "--runs", "0")]
    [InlineData("--runs is ''", "--runs")]
    [InlineData("There is no option '--run'", "--run", "2")]
    public async Task What_it_cannot_use_is_said_in_one_line_and_ends_it_with_2(string message, params string[] arguments)
    {
        using SampleProcess process = SampleProcess.Start("BrowserBots", [.. arguments.Select(text => text == "THIS PROCESS" ? Environment.ProcessPath! : text)]);

        (int exitCode, _, string error) = await process.EndAsync();

        Assert.Equal(2, exitCode);
        Assert.Contains(message, Assert.Single(error.Split('\n', StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
    }

    [Fact]
    public void The_first_browser_of_PATH_is_taken_and_then_one_that_installers_put_elsewhere()
    {
        DirectoryInfo one = Directory.CreateTempSubdirectory("bots-"), other = Directory.CreateTempSubdirectory("bots-");
        string path = $"{one.FullName}{Path.PathSeparator}{other.FullName}", installed = Path.Combine(one.FullName, "Google Chrome");
        File.WriteAllText(installed, "");

        string elsewhere = ChromiumFile.FindIn(path, [installed]);
        File.WriteAllText(Path.Combine(other.FullName, "chromium"), "");
        string inPath = ChromiumFile.FindIn(path, [installed]);

        Assert.Equal(installed, elsewhere);
        Assert.Equal(Path.Combine(other.FullName, "chromium"), inPath);
        one.Delete(recursive: true);
        other.Delete(recursive: true);
    }

    private static IEnumerable<string> ProcessesThatName(string text) => Directory
        .EnumerateDirectories("/proc")
        .Where(process => char.IsAsciiDigit(Path.GetFileName(process)[0]))
        .Select(CommandLine)
        .Where(line => line.Contains(text, StringComparison.Ordinal));

    private static string CommandLine(string process)
    {
        try
        {
            return File.ReadAllText(Path.Combine(process, "cmdline")).Replace('\0', ' ');
        }
        catch (IOException)
        {
            return ""; // it has ended meanwhile
        }
    }

    [GeneratedRegex(@"^scheduled arrived \d+\.\d ms after join_at, ad-hoc \d+\.\d ms after its request \(\d+\.\d times\)$")]
    private static partial Regex LastLine();
}
