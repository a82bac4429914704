using ScheduledBots.Chaos.Judging;
using ScheduledBots.Extensibility;

namespace ScheduledBots.Chaos.Node;

/// <summary>Says that it was called, first of all; takes its time; says that it ended.</summary>
internal sealed class WitnessingJoiner(NodeSetup setup, Witness witness, Crash crash) : IMeetingJoiner
{
    public async Task<JoinResult> JoinAsync(JoinAttempt attempt, CancellationToken cancellationToken)
    {
        witness.Write(attempt, WitnessKind.JoinBegan);
        crash.At(CrashPoint.InJoiner);
        TimeSpan duration = Chance.PartOf(setup.MaxJoinMilliseconds, attempt.Bot.Id);
        if (duration > TimeSpan.Zero)
        {
            await Task.Delay(duration, cancellationToken);
        }

        witness.Write(attempt, WitnessKind.JoinEnded);
        return JoinResult.Joined();
    }
}
