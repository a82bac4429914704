using System.Globalization;
using ScheduledBots.Chaos.Judging;
using ScheduledBots.Chaos.Rigging;
using ScheduledBots.Configuration;

namespace ScheduledBots.Chaos.Trials;

/// <summary>A deployment after the other: a new node starts, an old one drains, while fifty bots are due every second. Their resources are portable.</summary>
internal sealed class RollingTrial(int restartCount) : ITrial
{
    private const int BotsPerSecond = 50;

    private static readonly TimeSpan Allowed = TimeSpan.FromMilliseconds(50);

    public string Name => "rolling";

    public string Figure => string.Create(
        CultureInfo.InvariantCulture, $"{restartCount} rolling restarts under {BotsPerSecond} bots a second: 0 lost, 0 doubled, p99 + 50 ms");

    /// <summary>What a node has armed it joins before it leaves; a shorter lead makes twenty restarts a matter of minutes.</summary>
    private static ScheduledBotsOptions Options
    {
        get
        {
            ScheduledBotsOptions options = Rig.Options;
            options.ArmLead = TimeSpan.FromSeconds(3);
            return options;
        }
    }

    public async Task<Verdict> RunAsync(Rig rig, CancellationToken cancellationToken)
    {
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        TimeSpan lead = Options.StagingLead + Options.StagingSpread + TimeSpan.FromSeconds(1);
        Queue<NodeProcess> nodes = new([await StartAsync(rig, cancellationToken), await StartAsync(rig, cancellationToken)]);
        BareWaker bare = await rig.StartWakerAsync(cancellationToken);
        await rig.Crowd.WarmUpAsync(cancellationToken);
        DateTimeOffset first = Rig.Now + lead;
        Task scheduling = rig.Crowd.KeepSchedulingAsync(BotsPerSecond, lead, rig.Random.Next(), enough.Token);
        await Rig.UntilAsync(first, cancellationToken);
        for (int i = 0; i < restartCount; i++)
        {
            nodes.Enqueue(await StartAsync(rig, cancellationToken));
            await Rig.DrainAsync(nodes.Dequeue(), cancellationToken);
        }

        await enough.CancelAsync();
        await scheduling;
        Percentiles wakes = await bare.FinishAsync(first, Rig.Now, cancellationToken);
        await rig.SettleAsync(TimeSpan.FromSeconds(30), cancellationToken);
        await Task.WhenAll(nodes.Select(node => Rig.DrainAsync(node, cancellationToken)));
        Evidence evidence = await rig.CollectAsync(cancellationToken);
        Punctuality punctuality = evidence.PunctualityBeside(wakes);
        return Verdict.Of(
            string.Create(CultureInfo.InvariantCulture, $"{restartCount} restarts; {evidence.Counts()}; {punctuality}"),
            [
                .. evidence.Safety(),
                evidence.NoneDoubled,
                .. punctuality.Within(Allowed),
            ]);
    }

    private static Task<NodeProcess> StartAsync(Rig rig, CancellationToken cancellationToken) =>
        rig.StartNodeAsync(Options, cancellationToken, setup => setup with { PortablePercent = 100 });
}
