using System.Globalization;
using ScheduledBots.Lifecycle;

namespace TwoNodes;

/// <summary>How a node speaks to the process that started it: a line a fact, a word and its values.</summary>
internal static class Words
{
    public const string Ready = "ready";
    public const string Claimed = "claimed";
    public const string Adopted = "adopted";
    public const string Joining = "joining";

    public static void Say(params object[] words) => Console.WriteLine(string.Join(' ', words.Select(word => Convert.ToString(word, CultureInfo.InvariantCulture))));

    public static Fact Understand(string node, string line, DateTimeOffset heardAt)
    {
        string[] words = line.Split(' ');
        return new Fact(node, words[0], heardAt)
        {
            Bot = words.Length > 1 ? BotId.Parse(words[1], CultureInfo.InvariantCulture) : null,
            IsFlagged = words.Length > 2 && bool.Parse(words[2]),
            Lateness = words.Length > 3 ? TimeSpan.Parse(words[3], CultureInfo.InvariantCulture) : TimeSpan.Zero,
        };
    }
}
