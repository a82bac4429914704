using ScheduledBots.Chaos.Judging;

namespace ScheduledBots.Chaos.Races;

/// <summary>What the table says of whose a bot is.</summary>
internal sealed record RaceRow(Guid Id, Guid? Owner, long Fence, int Attempt, bool IsArmed, bool PossiblyStarted)
{
    public static Task<List<RaceRow>> ReadAsync(string connectionString, CancellationToken cancellationToken) => TableReader.ReadAsync(
        connectionString,
        "SELECT id, owner, fence, attempt, armed_until IS NOT NULL, possibly_started FROM scheduled_bots",
        row => new RaceRow(row.GetGuid(0), row.IsDBNull(1) ? null : row.GetGuid(1), row.GetInt64(2), row.GetInt32(3), row.GetBoolean(4), row.GetBoolean(5)),
        cancellationToken);
}
