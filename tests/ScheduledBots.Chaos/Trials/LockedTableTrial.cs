using System.Globalization;
using Npgsql;
using ScheduledBots.Chaos.Judging;
using ScheduledBots.Chaos.Rigging;

namespace ScheduledBots.Chaos.Trials;

/// <summary>Another session locks the table of the bots, as a careless migration would. Beats go on, nothing else does; what is armed joins.</summary>
internal sealed class LockedTableTrial : ITrial
{
    private static readonly TimeSpan LockedFor = TimeSpan.FromSeconds(6);
    private static readonly TimeSpan Allowed = TimeSpan.FromMilliseconds(20);

    public string Name => "locked-table";

    public string Figure => "the table locked for 6 s around JoinAt: 0 lost, 0 doubled, armed bots + 20 ms";

    public async Task<Verdict> RunAsync(Rig rig, CancellationToken cancellationToken)
    {
        Scene scene = await Scene.BeginAsync(rig, Rig.Options, botsPerSecond: 20, TimeSpan.FromSeconds(14), cancellationToken);
        await scene.UntilAsync(2, cancellationToken);
        await LockAsync(rig.ConnectionString, cancellationToken);

        (Evidence evidence, Punctuality punctuality) = await scene.EndAsync(TimeSpan.FromSeconds(30), cancellationToken);
        return Verdict.Of(
            string.Create(CultureInfo.InvariantCulture, $"locked {LockedFor.TotalSeconds:0} s, {evidence.DeclaredDead} declared dead; {evidence.Counts()}; {punctuality}"),
            [
                .. evidence.Safety(),
                evidence.NoneDoubled,
                evidence.NoneDeclaredDead,
                .. punctuality.EachWithin(Allowed),
            ]);
    }

    private static async Task LockAsync(string connectionString, CancellationToken cancellationToken)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync(cancellationToken);
        await using NpgsqlTransaction transaction = await connection.BeginTransactionAsync(cancellationToken);
        await using var command = new NpgsqlCommand("LOCK TABLE scheduled_bots IN ACCESS EXCLUSIVE MODE", connection, transaction);
        await command.ExecuteNonQueryAsync(cancellationToken);
        await Task.Delay(LockedFor, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }
}
