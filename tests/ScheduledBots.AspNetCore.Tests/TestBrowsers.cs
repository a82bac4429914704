using ScheduledBots.Extensibility;
using ScheduledBots.Lifecycle;

namespace ScheduledBots.AspNetCore.Tests;

/// <summary>Browsers that start and join in no time.</summary>
internal sealed class TestBrowsers : IResourceAllocator, IMeetingJoiner
{
    private int _joined;

    public int JoinedCount => _joined;

    public Task<Allocation> AllocateAsync(Bot bot, Fence fence, CancellationToken cancellationToken) => Task.FromResult(new Allocation("browser"));

    public Task ReleaseAsync(Bot bot, Fence fence, Allocation allocation, CancellationToken cancellationToken) => Task.CompletedTask;

    public Task<JoinResult> JoinAsync(JoinAttempt attempt, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _joined);
        return Task.FromResult(JoinResult.Joined());
    }
}
