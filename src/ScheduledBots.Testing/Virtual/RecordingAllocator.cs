using ScheduledBots.Extensibility;
using ScheduledBots.Lifecycle;

namespace ScheduledBots.Testing.Virtual;

/// <summary>The host's allocator, with every call written down.</summary>
internal sealed class RecordingAllocator(IResourceAllocator inner, HostRecord record) : IResourceAllocator
{
    public Task<Allocation> AllocateAsync(Bot bot, Fence fence, CancellationToken cancellationToken) =>
        record.AllocateAsync(bot, fence, () => inner.AllocateAsync(bot, fence, cancellationToken));

    public Task ReleaseAsync(Bot bot, Fence fence, Allocation allocation, CancellationToken cancellationToken) =>
        record.ReleaseAsync(bot.Id, fence, () => inner.ReleaseAsync(bot, fence, allocation, cancellationToken));

    public Task<Allocation> AttachAsync(Bot bot, string handle, Fence fence, CancellationToken cancellationToken) =>
        record.AllocateAsync(bot, fence, () => inner.AttachAsync(bot, handle, fence, cancellationToken));
}
