using System.Globalization;
using ScheduledBots.Chaos.Judging;
using ScheduledBots.Chaos.Rigging;
using ScheduledBots.Configuration;

namespace ScheduledBots.Chaos.Trials;

/// <summary>A node stands still: no thread of it runs, and it does not know. The other may have declared it dead and adopted its bots when it goes on.</summary>
internal sealed class FreezeTrial(int seconds) : ITrial
{
    public string Name => string.Create(CultureInfo.InvariantCulture, $"freeze-{seconds}");

    public string Figure => string.Create(CultureInfo.InvariantCulture, $"SIGSTOP {seconds} s: 0 lost, 0 starts after the window, 0 unflagged, 0 same attempt twice");

    public async Task<Verdict> RunAsync(Rig rig, CancellationToken cancellationToken)
    {
        ScheduledBotsOptions options = Rig.Options;
        Scene scene = await Scene.BeginAsync(rig, options, botsPerSecond: 20, TimeSpan.FromSeconds(seconds + 6), cancellationToken);
        await scene.UntilAsync(2, cancellationToken);
        scene.Nodes[0].Freeze();
        await Task.Delay(TimeSpan.FromSeconds(seconds), cancellationToken);
        scene.Nodes[0].Resume();

        (Evidence evidence, Punctuality punctuality) = await scene.EndAsync(TimeSpan.FromSeconds(60), cancellationToken);
        JoinerCall[] after = [.. evidence.Calls.Where(call => call.Began.WallAt > call.Began.ArmedUntil - options.StartMargin)];

        // The frozen one's calls go on when it does: that calls overlap then, no engine can prevent.
        return Verdict.Of(
            $"{after.Length} starts after the window, {evidence.DeclaredDead} declared dead; {evidence.Counts()}; {punctuality}",
            [
                (after.Length == 0, $"{after.Length} starts after the window, such as {after.Select(Evidence.Describe).FirstOrDefault()}"),
                (evidence.Calls.All(call => call.Began.ArmedUntil is not null), "a call of a bot that is not armed"),
                .. evidence.Safety(overlaps: false),
            ]);
    }
}
