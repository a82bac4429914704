using ScheduledBots.Extensibility;

namespace ReadmeExample;

internal sealed class BrowserJoiner : IMeetingJoiner
{
    public Task<JoinResult> JoinAsync(JoinAttempt attempt, CancellationToken cancellationToken)
    {
        Console.WriteLine($"joining, {attempt.Lateness.TotalMilliseconds:F3} ms late");
        return Task.FromResult(JoinResult.Joined());
    }
}
