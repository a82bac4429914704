using ScheduledBots.Lifecycle;
using ScheduledBots.Storage;

namespace ScheduledBots.Testing;

/// <summary>Judges histories: what the lifecycle allows to have happened to a bot.</summary>
/// <remarks>Thread-safe; it keeps nothing.</remarks>
public static class LifecycleModel
{
    /// <summary>What is wrong with a history.</summary>
    /// <param name="bot">The bot as it is now.</param>
    /// <param name="history">Everything that happened to it, oldest first.</param>
    /// <returns>One sentence for each thing; none for a history the lifecycle allows.</returns>
    public static IReadOnlyList<string> Violations(Bot bot, IReadOnlyList<BotHistoryLine> history)
    {
        ArgumentNullException.ThrowIfNull(bot);
        ArgumentNullException.ThrowIfNull(history);
        BotStatus[] before = [BotStatus.Scheduled, .. history.Select(line => line.To)];
        List<string> violations = [];
        int attempt = 0;
        for (int i = 0; i < history.Count; i++)
        {
            BotHistoryLine line = history[i];
            Add(line.From != before[i], $"line {i + 1} leaves {line.From}, but the bot was {before[i]}");
            Add(!BotLifecycle.Allows(line.From, line.To), $"line {i + 1} goes from {line.From} to {line.To}, which no transition does");
            Add(line.To == BotStatus.Joining && line.At < bot.JoinAt, $"line {i + 1} joins at {line.At:O}, before {bot.JoinAt:O}");
            Add(line.Attempt < attempt, $"line {i + 1} is of attempt {line.Attempt}, after attempt {attempt}");
            attempt = line.Attempt;
        }

        Add(before[^1] != bot.Status, $"the history ends in {before[^1]}, but the bot is {bot.Status}");
        return violations;

        void Add(bool isWrong, string sentence)
        {
            if (isWrong)
            {
                violations.Add(sentence);
            }
        }
    }
}
