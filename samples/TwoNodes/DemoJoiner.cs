using ScheduledBots.Extensibility;

namespace TwoNodes;

/// <summary>Stands in for a meeting: it says that it was called as its first act, so that a join of a node that is killed right after counts.</summary>
internal sealed class DemoJoiner : IMeetingJoiner
{
    public Task<JoinResult> JoinAsync(JoinAttempt attempt, CancellationToken cancellationToken)
    {
        TimeSpan lateness = TimeProvider.System.GetUtcNow() - attempt.Bot.JoinAt;
        Words.Say(Words.Joining, attempt.Bot.Id, attempt.PossiblyStarted, lateness);
        return Task.FromResult(JoinResult.Joined());
    }
}
