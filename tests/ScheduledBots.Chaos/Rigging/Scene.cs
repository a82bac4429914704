using ScheduledBots.Chaos.Judging;
using ScheduledBots.Chaos.Node;
using ScheduledBots.Configuration;

namespace ScheduledBots.Chaos.Rigging;

/// <summary>What most trials begin and end with: nodes, the bare waker, and bots due at even distances from <see cref="First"/> on.</summary>
internal sealed class Scene
{
    private readonly Rig _rig;
    private readonly BareWaker _waker;

    private Scene(Rig rig, BareWaker waker, IReadOnlyList<NodeProcess> nodes, DateTimeOffset first, TimeSpan length)
    {
        _rig = rig;
        _waker = waker;
        Nodes = nodes;
        First = first;
        Last = first + length;
    }

    public IReadOnlyList<NodeProcess> Nodes { get; }

    /// <summary>When the first bot is due.</summary>
    public DateTimeOffset First { get; }

    /// <summary>When the last bot is due.</summary>
    public DateTimeOffset Last { get; }

    /// <summary>Two nodes share bots that all have their lead time.</summary>
    public static async Task<Scene> BeginAsync(
        Rig rig, ScheduledBotsOptions options, int botsPerSecond, TimeSpan length, CancellationToken cancellationToken, Func<NodeSetup, NodeSetup>? change = null)
    {
        NodeProcess[] nodes = [await rig.StartNodeAsync(options, cancellationToken, change), await rig.StartNodeAsync(options, cancellationToken, change)];
        BareWaker waker = await rig.StartWakerAsync(cancellationToken);
        await rig.Crowd.WarmUpAsync(cancellationToken);
        DateTimeOffset first = Rig.Now + options.StagingLead + options.StagingSpread + TimeSpan.FromSeconds(1);
        await rig.Crowd.ScheduleAsync(first, botsPerSecond, length, cancellationToken);
        return new Scene(rig, waker, nodes, first, length);
    }

    /// <summary>Waits until so long after the first bot.</summary>
    public Task UntilAsync(double seconds, CancellationToken cancellationToken) => Rig.UntilAsync(First + TimeSpan.FromSeconds(seconds), cancellationToken);

    /// <summary>Lets every bot settle, drains the nodes, and reads what they left.</summary>
    public async Task<(Evidence Evidence, Punctuality Punctuality)> EndAsync(TimeSpan patience, CancellationToken cancellationToken)
    {
        await Rig.UntilAsync(Last, cancellationToken);
        Percentiles waker = await _waker.FinishAsync(First, Last, cancellationToken);
        await _rig.SettleAsync(patience, cancellationToken);
        await Task.WhenAll(Nodes.Where(node => !node.HasEnded).Select(node => Rig.DrainAsync(node, cancellationToken)));
        Evidence evidence = await _rig.CollectAsync(cancellationToken);
        return (evidence, evidence.PunctualityBeside(waker));
    }
}
