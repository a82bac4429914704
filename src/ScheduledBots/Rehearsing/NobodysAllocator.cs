using ScheduledBots.Extensibility;
using ScheduledBots.Lifecycle;

namespace ScheduledBots.Rehearsing;

/// <summary>Has nothing to allocate.</summary>
internal sealed class NobodysAllocator : IResourceAllocator
{
    /// <inheritdoc/>
    public Task<Allocation> AllocateAsync(Bot bot, Fence fence, CancellationToken cancellationToken) => Task.FromResult(new Allocation("rehearsal"));

    /// <inheritdoc/>
    public Task ReleaseAsync(Bot bot, Fence fence, Allocation allocation, CancellationToken cancellationToken) => Task.CompletedTask;
}
