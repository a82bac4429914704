namespace ScheduledBots.Lifecycle;

/// <summary>
/// What an engine needs of a row it owns to see that nothing about it is news: a few numbers in place of the whole bot, so that
/// a node can hold itself to a hundred thousand rows without having them in memory a second time.
/// </summary>
/// <param name="Id">The bot.</param>
/// <param name="JoinAt">Its due instant; with the id its place among the rows of its owner.</param>
/// <param name="Fence">Its fence.</param>
/// <param name="Attempt">Its attempt.</param>
/// <param name="Status">Its status as it is stored.</param>
/// <param name="ArmedUntil">The end of its start window, or null while it is not armed.</param>
/// <remarks>Immutable and thread-safe. It has no text of the bot's: no mark can give one away.</remarks>
public readonly record struct BotMark(BotId Id, DateTimeOffset JoinAt, Fence Fence, int Attempt, BotStatus Status, DateTimeOffset? ArmedUntil)
{
    /// <summary>The mark of a row.</summary>
    /// <param name="bot">The row.</param>
    /// <returns>The same values.</returns>
    public static BotMark Of(BotSnapshot bot)
    {
        ArgumentNullException.ThrowIfNull(bot);
        return new BotMark(bot.Id, bot.JoinAt, bot.Fence, bot.Attempt, bot.Status, bot.ArmedUntil);
    }
}
