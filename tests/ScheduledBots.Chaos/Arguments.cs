using System.Globalization;

namespace ScheduledBots.Chaos;

/// <summary>What the command line asked for.</summary>
internal sealed record Arguments
{
    public const string Usage = """
        usage: chaos --all           every trial
               chaos --quick         a few, shortened; under three minutes
               chaos --kills N       random kills only, N of them
               chaos --only NAME     the trials whose name contains NAME
               chaos --list          names the trials
               common: [--seed S] what is drawn, [--keep] keeps witness files and logs
        """;

    public bool IsQuick { get; init; }

    public bool Lists { get; init; }

    public bool Keeps { get; init; }

    public int? KillCount { get; init; }

    /// <summary>Only those whose name contains this, or all.</summary>
    public string? Only { get; init; }

    public int Seed { get; init; } = 1;

    public static Arguments Parse(ReadOnlySpan<string> words)
    {
        var arguments = new Arguments();
        bool chooses = false;
        for (int i = 0; i < words.Length; i++)
        {
            string word = words[i];
            chooses |= word is not ("--seed" or "--keep");
            arguments = word switch
            {
                "--all" => arguments,
                "--quick" => arguments with { IsQuick = true },
                "--list" => arguments with { Lists = true },
                "--keep" => arguments with { Keeps = true },
                "--kills" => arguments with { KillCount = Number(Value(words, ++i)) },
                "--only" => arguments with { Only = Value(words, ++i) },
                "--seed" => arguments with { Seed = Number(Value(words, ++i)) },
                _ => throw new ArgumentException($"{word} is not known.\n{Usage}"),
            };
        }

        return chooses ? arguments : throw new ArgumentException(Usage);
    }

    private static string Value(ReadOnlySpan<string> words, int index) =>
        index < words.Length ? words[index] : throw new ArgumentException($"{words[^1]} needs a value.\n{Usage}");

    private static int Number(string word) =>
        int.TryParse(word, CultureInfo.InvariantCulture, out int number) ? number : throw new ArgumentException($"'{word}' is not a number.\n{Usage}");
}
