using ScheduledBots.Lifecycle;

namespace ScheduledBots.Chaos.Node;

/// <summary>What a bot's id decides: the same in every process, and for every attempt.</summary>
internal static class Chance
{
    /// <summary>A number from 0 to 99.</summary>
    public static int Percent(BotId id) => Byte(id, 15) * 100 / 256;

    /// <summary>A part of a duration.</summary>
    public static TimeSpan PartOf(int milliseconds, BotId id) => TimeSpan.FromMilliseconds(milliseconds * Byte(id, 14) / 255.0);

    // The last bytes of a version 7 id are random.
    private static byte Byte(BotId id, int index) => id.Value.ToByteArray()[index];
}
