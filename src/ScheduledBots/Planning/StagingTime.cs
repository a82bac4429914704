using ScheduledBots.Configuration;
using ScheduledBots.Lifecycle;

namespace ScheduledBots.Planning;

/// <summary>When the staging of a bot begins if nothing holds it.</summary>
internal static class StagingTime
{
    /// <summary>The staging lead, and the bot's own share of the spread, before its due instant.</summary>
    public static DateTimeOffset Of(Bot bot, ScheduledBotsOptions options) =>
        bot.JoinAt - options.StagingLead - SpreadOf(bot.Id, options.StagingSpread);

    /// <summary>Each bot's own share of the spread: taken from the random end of its id, so that it needs no randomness here.</summary>
    private static TimeSpan SpreadOf(BotId id, TimeSpan spread)
    {
        Span<byte> bytes = stackalloc byte[16];
        id.Value.TryWriteBytes(bytes);
        return spread * (BitConverter.ToUInt32(bytes[12..]) / (double)uint.MaxValue);
    }
}
