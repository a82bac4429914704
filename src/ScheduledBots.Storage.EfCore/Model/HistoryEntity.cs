using ScheduledBots.Lifecycle;

namespace ScheduledBots.Storage.EfCore.Model;

/// <summary>One line of a bot's history as a row.</summary>
/// <remarks>
/// <see cref="Seq"/> is made from the version that the bot got by the same write: versions grow and no two writes share
/// one, so the lines of a bot are in order without anybody counting them.
/// </remarks>
internal sealed class HistoryEntity
{
    /// <summary>The most lines that one write can add in order.</summary>
    public const int LinesPerVersion = 1024;

    public required string Scheduler { get; set; }

    public required Guid BotId { get; set; }

    public long Seq { get; set; }

    public long At { get; set; }

    public short FromState { get; set; }

    public short ToState { get; set; }

    public Guid? Node { get; set; }

    public int Attempt { get; set; }

    public short? Reason { get; set; }

    public static IEnumerable<HistoryEntity> From(string scheduler, BotId bot, long version, IReadOnlyList<BotHistoryLine> lines)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(lines.Count, LinesPerVersion);
        return lines.Select((line, index) => new HistoryEntity
        {
            Scheduler = scheduler,
            BotId = bot.Value,
            Seq = (version * LinesPerVersion) + index,
            At = Micros.Floor(line.At),
            FromState = (short)line.From,
            ToState = (short)line.To,
            Node = line.Node?.Value,
            Attempt = line.Attempt,
            Reason = (short?)line.Reason,
        });
    }

    public BotHistoryLine ToLine() => new(
        Micros.Instant(At),
        (BotStatus)FromState,
        (BotStatus)ToState,
        Node is { } node ? new NodeId(node) : null,
        Attempt,
        (FailureReason?)Reason);
}
