using ScheduledBots.Chaos.Judging;
using ScheduledBots.Chaos.Rigging;

namespace ScheduledBots.Chaos.Trials;

/// <summary>
/// The line between a node and the database is cut, broken again and again, swallows answers, or is slow; the other node has
/// a good one. It lasts less than the time to live and the hold, so that what the node does meanwhile still counts.
/// </summary>
/// <param name="name">What befalls the line.</param>
/// <param name="says">The same in words.</param>
/// <param name="befall">Does it, and undoes it.</param>
internal sealed class LineTrial(string name, string says, Func<NodeProcess, CancellationToken, Task> befall) : ITrial
{
    private static readonly TimeSpan Allowed = TimeSpan.FromMilliseconds(25);

    public static LineTrial Partition => new("partition", "a node cut off for 12 s, longer than its time to live", async (node, cancellationToken) =>
    {
        node.Line.Switch(ProxyMode.BlackHole);
        await Task.Delay(TimeSpan.FromSeconds(12), cancellationToken);
        node.Line.Switch(ProxyMode.Forward);
    });

    public static LineTrial LostAnswers => new("lost-answers", "a node whose requests are carried out, without an answer, for 4 s", async (node, cancellationToken) =>
    {
        node.Line.Switch(ProxyMode.DropAnswers);
        await Task.Delay(TimeSpan.FromSeconds(4), cancellationToken);
        node.Line.Switch(ProxyMode.Forward);
    });

    public static LineTrial Resets => new("resets", "a node whose connections are reset every 300 ms for 9 s", async (node, cancellationToken) =>
    {
        for (int i = 0; i < 30; i++)
        {
            node.Line.Reset();
            await Task.Delay(TimeSpan.FromMilliseconds(300), cancellationToken);
        }
    });

    public static LineTrial Slow => new("slow-line", "a node whose line takes 200 ms each way for 10 s", async (node, cancellationToken) =>
    {
        node.Line.Delay = TimeSpan.FromMilliseconds(200);
        await Task.Delay(TimeSpan.FromSeconds(10), cancellationToken);
        node.Line.Delay = TimeSpan.Zero;
    });

    public string Name => name;

    public string Figure => $"{says}: 0 lost, 0 doubled, 99 % + 25 ms";

    public async Task<Verdict> RunAsync(Rig rig, CancellationToken cancellationToken)
    {
        Scene scene = await Scene.BeginAsync(rig, Rig.Options, botsPerSecond: 20, TimeSpan.FromSeconds(22), cancellationToken);
        await scene.UntilAsync(2, cancellationToken);
        await befall(scene.Nodes[0], cancellationToken);

        (Evidence evidence, Punctuality punctuality) = await scene.EndAsync(TimeSpan.FromSeconds(30), cancellationToken);
        return Verdict.Of(
            $"{evidence.DeclaredDead} declared dead; {evidence.Counts()}; {punctuality}",
            [
                .. evidence.Safety(),
                evidence.NoneDoubled,
                .. punctuality.Within(Allowed),
            ]);
    }
}
