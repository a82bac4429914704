using System.Globalization;

namespace ScheduledBots.Simulation.Running;

/// <summary>What the command line asked for.</summary>
internal sealed record Arguments
{
    public const string Usage = """
        usage: sim [--seeds N] [--first S]       run seeds S to S+N-1 (500 from 1)
               sim --seed S [--history FILE]     run one seed and say what happened
               sim --mutants [WORDS]             try known slips of the protocol, or those named so; each must be caught
               sim --exhaustive                  every pair of faults in the life of one bot on two nodes
               common: [--nodes N] [--bots N] [--threads N] [--only-bots 1,2] [--only-faults 1,2]
        """;

    public int SeedCount { get; init; } = 500;

    public int FirstSeed { get; init; } = 1;

    public int? Seed { get; init; }

    public int NodeCount { get; init; } = 3;

    public int BotCount { get; init; } = 200;

    public int ThreadCount { get; init; } = Environment.ProcessorCount;

    /// <summary>Ends with the first seed that breaks a promise, and shrinks nothing.</summary>
    public bool StopsAtFirst { get; init; }

    /// <summary>Tries mutants instead of seeds.</summary>
    public bool Mutates { get; init; }

    /// <summary>Tries every pair of faults instead of seeds.</summary>
    public bool IsExhaustive { get; init; }

    /// <summary>Only those whose name contains this, or all.</summary>
    public string? Only { get; init; }

    public string? HistoryFile { get; init; }

    public Cut Cut { get; init; } = new();

    /// <summary>The command that runs one seed of these again.</summary>
    public string ToReplay(int seed, Cut cut) =>
        string.Create(CultureInfo.InvariantCulture, $"./build.sh sim --seed {seed} --nodes {NodeCount} --bots {BotCount}{cut}");

    public static Arguments Parse(ReadOnlySpan<string> words)
    {
        var arguments = new Arguments();
        for (int i = 0; i < words.Length; i++)
        {
            string word = words[i];
            bool hasValue = i + 1 < words.Length && !words[i + 1].StartsWith("--", StringComparison.Ordinal);
            string value = hasValue ? words[++i] : word switch
            {
                "--mutants" => "all",
                "--exhaustive" => "yes",
                _ => throw new ArgumentException($"{word} needs a value.\n{Usage}"),
            };
            arguments = word switch
            {
                "--seeds" => arguments with { SeedCount = Number(value) },
                "--first" => arguments with { FirstSeed = Number(value) },
                "--seed" => arguments with { Seed = Number(value) },
                "--nodes" => arguments with { NodeCount = Number(value) },
                "--bots" => arguments with { BotCount = Number(value) },
                "--threads" => arguments with { ThreadCount = Number(value) },
                "--stop-at-first" => arguments with { StopsAtFirst = value == "yes" },
                "--exhaustive" => arguments with { IsExhaustive = value == "yes" },
                "--mutants" => arguments with { Mutates = true, Only = value == "all" ? null : value },
                "--history" => arguments with { HistoryFile = value },
                "--only-bots" => arguments with { Cut = arguments.Cut with { Bots = Numbers(value) } },
                "--only-faults" => arguments with { Cut = arguments.Cut with { Faults = Numbers(value) } },
                _ => throw new ArgumentException($"{word} is not known.\n{Usage}"),
            };
        }

        return arguments;
    }

    private static int Number(string word) =>
        int.TryParse(word, CultureInfo.InvariantCulture, out int number) ? number : throw new ArgumentException($"'{word}' is not a number.\n{Usage}");

    private static List<int> Numbers(string words) => words == "none" ? [] : [.. words.Split(',').Select(Number)];
}
