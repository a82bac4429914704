using System.Globalization;
using Npgsql;
using ScheduledBots.Chaos.Judging;
using ScheduledBots.Chaos.Rigging;

namespace ScheduledBots.Chaos.Trials;

/// <summary>
/// A newer version of the library changes the tables while older nodes run. There is one version today, so the row that
/// tells the version is written as the newer one would write it: first tables that older nodes may write, then tables that
/// they may not. Then they claim and schedule nothing any more and say why, join what they own, and a new process of theirs
/// refuses to start.
/// </summary>
internal sealed class TwoVersionsTrial : ITrial
{
    private static readonly TimeSpan Allowed = TimeSpan.FromMilliseconds(25);

    private const string Cure = "Update the ScheduledBots packages";

    public string Name => "two-versions";

    public string Figure => "a newer schema under older nodes: compatible, they go on; else they claim and schedule nothing, join what they own, and start no more; 0 lost, 0 doubled, 99 % + 25 ms";

    public async Task<Verdict> RunAsync(Rig rig, CancellationToken cancellationToken)
    {
        Scene scene = await Scene.BeginAsync(rig, Rig.Options, botsPerSecond: 10, TimeSpan.FromSeconds(36), cancellationToken);
        await scene.UntilAsync(1, cancellationToken);
        await WriteVersionAsync(rig, version: 2, minimumWriter: 1, cancellationToken);
        Guid[] compatible = await ScheduleAsync(rig, scene, 18, cancellationToken);
        await scene.UntilAsync(3, cancellationToken);
        long ownedBefore = await OwnedAsync(rig, compatible, cancellationToken);

        // Beyond the horizon, so that nobody claims them before the tables are newer.
        Guid[] newer = await ScheduleAsync(rig, scene, 32, cancellationToken);
        await WriteVersionAsync(rig, version: 2, minimumWriter: 2, cancellationToken);
        NodeProcess late = await rig.LoadNodeAsync(Rig.Options, cancellationToken);
        string refusal = await late.RefusalAsync(cancellationToken);
        await scene.UntilAsync(16, cancellationToken); // whoever schedules asks every ten seconds whether it is too old
        InvalidOperationException? refused = await RefusalAsync(rig, scene, cancellationToken);
        long ownedMeanwhile = await OwnedAsync(rig, newer, cancellationToken);

        // Here come the upgraded nodes. They are of the one version there is, so the row says that it is enough.
        await WriteVersionAsync(rig, version: 2, minimumWriter: 1, cancellationToken);
        (Evidence evidence, Punctuality punctuality) = await scene.EndAsync(TimeSpan.FromSeconds(30), cancellationToken);
        return Verdict.Of(
            string.Create(CultureInfo.InvariantCulture, $"{ownedBefore} of {compatible.Length} claimed under compatible tables, {ownedMeanwhile} of {newer.Length} under newer ones; {evidence.Counts()}; {punctuality}"),
            [
                .. evidence.Safety(),
                evidence.NoneDoubled,
                (ownedBefore == compatible.Length, $"{ownedBefore} of {compatible.Length} were claimed where the older version suffices"),
                (ownedMeanwhile == 0, $"{ownedMeanwhile} were claimed by nodes that are too old"),
                (refusal.Contains(Cure, StringComparison.Ordinal), $"a node that is too old said '{refusal}'"),
                (refused?.Message.Contains(Cure, StringComparison.Ordinal) == true, $"a scheduler that is too old said '{refused?.Message}'"),
                .. punctuality.Within(Allowed),
            ]);
    }

    private static async Task<Guid[]> ScheduleAsync(Rig rig, Scene scene, double second, CancellationToken cancellationToken)
    {
        DateTimeOffset[] instants = [.. Enumerable.Range(0, 20).Select(i => scene.First + TimeSpan.FromSeconds(second + (i * 0.1) + 0.05))];
        HashSet<Guid> before = [.. rig.Crowd.Accepted.Keys];
        await rig.Crowd.ScheduleAsync(instants, cancellationToken);
        return [.. rig.Crowd.Accepted.Keys.Except(before)];
    }

    /// <summary>What a scheduler says that is too old for the tables.</summary>
    private static async Task<InvalidOperationException?> RefusalAsync(Rig rig, Scene scene, CancellationToken cancellationToken)
    {
        try
        {
            await rig.Crowd.ScheduleAsync([scene.Last], cancellationToken);
            return null;
        }
        catch (InvalidOperationException refusal)
        {
            return refusal;
        }
    }

    private static async Task<long> OwnedAsync(Rig rig, Guid[] bots, CancellationToken cancellationToken)
    {
        List<Guid> owned = await TableReader.ReadAsync(
            rig.ConnectionString, "SELECT id FROM scheduled_bots WHERE owner IS NOT NULL", row => row.GetGuid(0), cancellationToken);
        return owned.Intersect(bots).Count();
    }

    private static async Task WriteVersionAsync(Rig rig, int version, int minimumWriter, CancellationToken cancellationToken)
    {
        await using var connection = new NpgsqlConnection(rig.ConnectionString);
        await connection.OpenAsync(cancellationToken);
        await using var command = new NpgsqlCommand("UPDATE scheduled_bots_schema SET version = $1, minimum_writer = $2", connection)
        {
            Parameters = { new NpgsqlParameter { Value = version }, new NpgsqlParameter { Value = minimumWriter } },
        };
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
