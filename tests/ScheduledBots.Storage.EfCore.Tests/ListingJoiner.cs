using System.Collections.Concurrent;
using ScheduledBots.Extensibility;

namespace ScheduledBots.Storage.EfCore.Tests;

/// <summary>Joins at once and remembers each call.</summary>
internal sealed class ListingJoiner : IMeetingJoiner
{
    public ConcurrentQueue<JoinAttempt> Attempts { get; } = [];

    public Task<JoinResult> JoinAsync(JoinAttempt attempt, CancellationToken cancellationToken)
    {
        Attempts.Enqueue(attempt);
        return Task.FromResult(JoinResult.Joined());
    }
}
