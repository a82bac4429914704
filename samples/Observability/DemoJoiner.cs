using ScheduledBots.Extensibility;

namespace Observability;

internal sealed class DemoJoiner : IMeetingJoiner
{
    public Task<JoinResult> JoinAsync(JoinAttempt attempt, CancellationToken cancellationToken) => Task.FromResult(JoinResult.Joined());
}
