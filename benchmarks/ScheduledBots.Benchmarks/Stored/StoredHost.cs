using ScheduledBots.Extensibility;
using ScheduledBots.Lifecycle;

namespace ScheduledBots.Benchmarks.Stored;

/// <summary>Host code that takes no time: a handle for each bot, and joins that succeed at once.</summary>
internal sealed class StoredHost : IResourceAllocator, IMeetingJoiner
{
    public Task<Allocation> AllocateAsync(Bot bot, Fence fence, CancellationToken cancellationToken) =>
        Task.FromResult(new Allocation("pod-" + bot.Id, isPortable: true));

    public Task<Allocation> AttachAsync(Bot bot, string handle, Fence fence, CancellationToken cancellationToken) =>
        Task.FromResult(new Allocation(handle, isPortable: true));

    public Task ReleaseAsync(Bot bot, Fence fence, Allocation allocation, CancellationToken cancellationToken) => Task.CompletedTask;

    public Task<JoinResult> JoinAsync(JoinAttempt attempt, CancellationToken cancellationToken) => Task.FromResult(JoinResult.Joined());
}
