using System.Globalization;
using ScheduledBots.Chaos.Judging;
using ScheduledBots.Chaos.Rigging;
using ScheduledBots.Configuration;
using ScheduledBots.Storage;

namespace ScheduledBots.Chaos.Trials;

/// <summary>
/// A node dies without a word. The other declares it dead, takes its bots, makes their resources usable, and has them in
/// time. The arm lead is shorter than the time to live here: what the dead one had armed may have been started by it, and
/// waits for window and hold whatever anybody does.
/// </summary>
internal sealed class TakeOverTrial : ITrial
{
    private static readonly TimeSpan Allowed = TimeSpan.FromMilliseconds(25);

    public string Name => "take-over";

    public string Figure => "take-over after silent death: declared within TTL + 1 s, bots due later than that + 25 ms";

    public async Task<Verdict> RunAsync(Rig rig, CancellationToken cancellationToken)
    {
        ScheduledBotsOptions options = Rig.Options;
        options.ArmLead = TimeSpan.FromSeconds(5);
        TimeSpan limit = options.NodeTimeToLive + TimeSpan.FromSeconds(1);
        Scene scene = await Scene.BeginAsync(rig, options, botsPerSecond: 20, TimeSpan.FromSeconds(24), cancellationToken);
        await scene.UntilAsync(2 + rig.Random.NextDouble(), cancellationToken);
        DateTimeOffset killedAt = Rig.Now;
        await scene.Nodes[0].KillAsync();

        (Evidence evidence, Punctuality punctuality) = await scene.EndAsync(TimeSpan.FromSeconds(30), cancellationToken);
        NodeRecord dead = evidence.Nodes.Single(node => node.Name == scene.Nodes[0].Name);
        TimeSpan declared = (dead.DeadAt ?? DateTimeOffset.MaxValue) - killedAt;
        Punctuality later = evidence.PunctualityBeside(punctuality.Waker, call => call.Began.JoinAt > killedAt + limit);
        return Verdict.Of(
            string.Create(CultureInfo.InvariantCulture, $"declared dead after {declared.TotalSeconds:0.00} s (TTL {options.NodeTimeToLive.TotalSeconds:0} s); {evidence.Counts()}; of {later.Bots.Count} due later: {later}"),
            [
                .. evidence.Safety(),
                (dead.Status == NodeStatus.Dead && declared <= limit, $"declared dead after {declared.TotalSeconds:0.00} s, {limit.TotalSeconds:0} s were allowed"),
                .. later.EachWithin(Allowed),
            ]);
    }
}
