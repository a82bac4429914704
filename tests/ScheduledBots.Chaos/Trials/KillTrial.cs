using System.Globalization;
using ScheduledBots.Chaos.Judging;
using ScheduledBots.Chaos.Node;
using ScheduledBots.Chaos.Rigging;
using ScheduledBots.Configuration;

namespace ScheduledBots.Chaos.Trials;

/// <summary>
/// Two nodes, killed at random, each replaced at once; half of them kill themselves at a named point. Many bots are due
/// every second, so that wherever a node dies, some bot is there.
/// </summary>
internal sealed class KillTrial(int killCount) : ITrial
{
    private const int BotsPerSecond = 20;

    /// <summary>How far ahead bots are scheduled.</summary>
    private static readonly TimeSpan Lead = TimeSpan.FromSeconds(7);

    /// <summary>The mean time from one kill to the next. Times are drawn so that a node sometimes lives long enough to declare the other dead.</summary>
    private static readonly TimeSpan MeanLife = TimeSpan.FromSeconds(1.2);

    /// <summary>How long a node is given to come to its crash point before it is killed from outside.</summary>
    private static readonly TimeSpan CrashPatience = TimeSpan.FromSeconds(4);

    /// <summary>A bot may be due in the last moment and lose its owner, whose window and hold must pass; twice.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private static readonly CrashPoint[] Points = [.. Enum.GetValues<CrashPoint>().Where(point => point != CrashPoint.None)];

    public string Name => "kills";

    public string Figure => string.Create(
        CultureInfo.InvariantCulture, $"{killCount} kills of two nodes: 0 lost, 0 overlapping, 0 unflagged, 0 same attempt twice, 0 early");

    /// <summary>A short life needs a short time to live, and short leads.</summary>
    private static ScheduledBotsOptions Options => new()
    {
        StagingLead = TimeSpan.FromSeconds(4),
        StagingSpread = TimeSpan.FromSeconds(1),
        ArmLead = TimeSpan.FromSeconds(2),
        StartWindow = TimeSpan.FromSeconds(1.5),
        StartMargin = TimeSpan.FromMilliseconds(300),
        BeatInterval = TimeSpan.FromSeconds(0.5),
        NodeTimeToLive = TimeSpan.FromSeconds(3),
        AmbiguityHold = TimeSpan.FromSeconds(2),
        ClaimInterval = TimeSpan.FromSeconds(0.25),
        ReconcileInterval = TimeSpan.FromSeconds(1),

        // The bots are not to blame for what the rig does to their nodes.
        PoisonLimit = 100,
    };

    public async Task<Verdict> RunAsync(Rig rig, CancellationToken cancellationToken)
    {
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        await rig.Crowd.WarmUpAsync(cancellationToken);
        Task scheduling = rig.Crowd.KeepSchedulingAsync(BotsPerSecond, Lead, rig.Random.Next(), enough.Token);
        Dictionary<CrashPoint, int> deaths = [];
        NodeProcess[] nodes = [await rig.StartNodeAsync(Options, cancellationToken), await rig.StartNodeAsync(Options, cancellationToken)];
        Task<NodeProcess> next = LoadAsync(rig, 0, cancellationToken);
        for (int i = 0; i < killCount; i++)
        {
            int victim = Array.FindIndex(nodes, node => node.HasEnded) is >= 0 and int dead ? dead : rig.Random.Next(nodes.Length);
            CrashPoint at = await EndAsync(nodes[victim], MeanLife * -Math.Log(1 - rig.Random.NextDouble()), cancellationToken);
            deaths[at] = deaths.GetValueOrDefault(at) + 1;
            await nodes[victim].DisposeAsync();
            nodes[victim] = await next;
            nodes[victim].Go();
            next = LoadAsync(rig, i + 1, cancellationToken);
        }

        await enough.CancelAsync();
        await scheduling;
        NodeProcess last = await next; // those before may still die at their points
        await last.GoAsync(cancellationToken);
        await rig.SettleAsync(Patience, cancellationToken);
        await Rig.DrainAsync(last, cancellationToken);
        Evidence evidence = await rig.CollectAsync(cancellationToken);
        string points = string.Join(", ", deaths.OrderBy(death => death.Key).Select(death => $"{(death.Key == CrashPoint.None ? "from outside" : death.Key)} {death.Value}"));
        return Verdict.Of($"{killCount} kills ({points}); {evidence.Counts()}", evidence.Safety());
    }

    /// <summary>The next node is loaded while those before it live, so that the dead one is missed for a moment only.</summary>
    private Task<NodeProcess> LoadAsync(Rig rig, int number, CancellationToken cancellationToken)
    {
        CrashPoint point = number % 2 == 0 && number < killCount ? Points[number / 2 % Points.Length] : CrashPoint.None;
        int passes = rig.Random.Next(3);
        return rig.LoadNodeAsync(Options, cancellationToken, setup => setup with { CrashPoint = point, CrashPasses = passes });
    }

    /// <summary>Ends a node's life: at its point, where it comes there in time, else from outside.</summary>
    private static async Task<CrashPoint> EndAsync(NodeProcess node, TimeSpan life, CancellationToken cancellationToken)
    {
        CrashPoint point = node.Setup.CrashPoint;
        if (point == CrashPoint.None)
        {
            await Task.Delay(life, cancellationToken);
        }
        else
        {
            if (point is CrashPoint.WhileHandingBack or CrashPoint.BeforeLeaving)
            {
                node.Drain();
            }

            await Task.WhenAny(node.EndedAsync(), Task.Delay(CrashPatience, cancellationToken));
        }

        if (node.HasEnded)
        {
            return point;
        }

        await node.KillAsync();
        return CrashPoint.None;
    }
}
