using System.Globalization;

namespace BrowserBots;

/// <summary>The command line: how often, and with which browser.</summary>
internal sealed record Arguments(int Runs, string? Browser)
{
    private const int DefaultRuns = 5, MaxRuns = 100;

    public static Arguments Parse(string[] args)
    {
        int runs = DefaultRuns;
        string? browser = null;
        for (int i = 0; i < args.Length; i += 2)
        {
            string? value = i + 1 < args.Length ? args[i + 1] : null;
            (runs, browser) = args[i] switch
            {
                "--runs" => (ToRuns(value), browser),
                "--browser" => (runs, value ?? throw new UsageException("--browser has no value. Give the path of a Chromium or Chrome.")),
                _ => throw new UsageException($"There is no option '{args[i]}'. Use: [--runs 5] [--browser PATH]"),
            };
        }

        return new Arguments(runs, browser);
    }

    private static int ToRuns(string? value) =>
        int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out int runs) && runs is >= 1 and <= MaxRuns
            ? runs
            : throw new UsageException($"--runs is '{value}'. Give a number from 1 to {MaxRuns}.");
}
