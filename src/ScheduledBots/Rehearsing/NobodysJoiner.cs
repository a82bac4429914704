using ScheduledBots.Extensibility;

namespace ScheduledBots.Rehearsing;

/// <summary>Joins at once, or a moment later, as joiners do.</summary>
internal sealed class NobodysJoiner : IMeetingJoiner
{
    private int _callCount;

    /// <inheritdoc/>
    public async Task<JoinResult> JoinAsync(JoinAttempt attempt, CancellationToken cancellationToken)
    {
        if (Interlocked.Increment(ref _callCount) % 2 == 0)
        {
            await Task.Yield();
        }

        return JoinResult.Joined();
    }
}
