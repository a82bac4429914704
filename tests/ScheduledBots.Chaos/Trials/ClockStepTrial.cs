using System.Globalization;
using ScheduledBots.Chaos.Judging;
using ScheduledBots.Chaos.Rigging;
using ScheduledBots.Configuration;

namespace ScheduledBots.Chaos.Trials;

/// <summary>
/// The wall clock of one node is set an hour ahead, that of the other an hour back, while bots are due, and set right again
/// later. The step is one of the node's <see cref="TimeProvider"/>: setting the machine's takes rights, and would move the
/// database's too. Witnesses tell the machine's time.
/// </summary>
internal sealed class ClockStepTrial : ITrial
{
    private static readonly TimeSpan Step = TimeSpan.FromHours(1);

    /// <summary>The database's clock is known within the round trip of a beat.</summary>
    private static readonly TimeSpan Allowed = TimeSpan.FromMilliseconds(25);

    public string Name => "clock-step";

    public string Figure => "the wall clock set an hour ahead and back: 0 lost, 0 doubled, never early or late by more than the clamp of 250 ms (+ 25 ms)";

    public async Task<Verdict> RunAsync(Rig rig, CancellationToken cancellationToken)
    {
        ScheduledBotsOptions options = Rig.Options;
        Scene scene = await Scene.BeginAsync(rig, options, botsPerSecond: 20, TimeSpan.FromSeconds(16), cancellationToken);
        await scene.UntilAsync(2, cancellationToken);
        scene.Nodes[0].StepClock(Step);
        scene.Nodes[1].StepClock(-Step);
        await scene.UntilAsync(9, cancellationToken);
        scene.Nodes[0].StepClock(-Step);
        scene.Nodes[1].StepClock(Step);

        (Evidence evidence, Punctuality punctuality) = await scene.EndAsync(TimeSpan.FromSeconds(30), cancellationToken);
        TimeSpan earliest = evidence.Calls.Min(call => call.Lateness);
        TimeSpan limit = options.MaxClockSkew + Allowed;
        return Verdict.Of(
            string.Create(CultureInfo.InvariantCulture, $"from {earliest.TotalMilliseconds:0.00} to {punctuality.Bots.Max.TotalMilliseconds:0.00} ms; {evidence.Counts()}; {punctuality}"),
            [
                .. evidence.Safety(early: false),
                evidence.NoneDoubled,
                (earliest >= -limit, $"a bot is {-earliest.TotalMilliseconds:0.0} ms early"),
                (punctuality.Bots.Max <= limit + punctuality.Waker.Max, $"a bot is {punctuality.Bots.Max.TotalMilliseconds:0.0} ms late, such as {evidence.Calls.OrderByDescending(call => call.Lateness).Select(Evidence.Describe).First()}"),
            ]);
    }
}
