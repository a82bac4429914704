using System.Globalization;
using Npgsql;
using ScheduledBots.Chaos.Judging;
using ScheduledBots.Chaos.Rigging;

namespace ScheduledBots.Chaos.Trials;

/// <summary>The database crashes while bots are due every moment, and comes back within the arm lead. What is armed needs no database.</summary>
internal sealed class DatabaseDownTrial(int seconds) : ITrial
{
    private static readonly TimeSpan Allowed = TimeSpan.FromMilliseconds(20);

    public string Name => string.Create(CultureInfo.InvariantCulture, $"database-down-{seconds}");

    public string Figure => string.Create(CultureInfo.InvariantCulture, $"database down {seconds} s around JoinAt: 0 lost, 0 doubled, every bot + 20 ms");

    public async Task<Verdict> RunAsync(Rig rig, CancellationToken cancellationToken)
    {
        Scene scene = await Scene.BeginAsync(rig, Rig.Options, botsPerSecond: 20, TimeSpan.FromSeconds(14), cancellationToken);
        await scene.UntilAsync(2, cancellationToken);
        long down = TimeProvider.System.GetTimestamp();
        await rig.Server.CrashAsync();
        await Task.Delay(TimeSpan.FromSeconds(seconds), cancellationToken);
        await rig.Server.ResumeAsync();
        TimeSpan length = TimeProvider.System.GetElapsedTime(down);
        NpgsqlConnection.ClearAllPools();

        (Evidence evidence, Punctuality punctuality) = await scene.EndAsync(TimeSpan.FromSeconds(30), cancellationToken);
        return Verdict.Of(
            string.Create(CultureInfo.InvariantCulture, $"down {length.TotalSeconds:0.0} s, {evidence.DeclaredDead} declared dead; {evidence.Counts()}; {punctuality}"),
            [
                .. evidence.Safety(),
                evidence.NoneDoubled,
                evidence.NoneDeclaredDead,
                .. punctuality.EachWithin(Allowed),
            ]);
    }
}
