using ScheduledBots.Extensibility;
using ScheduledBots.Lifecycle;

namespace Observability;

internal sealed class DemoAllocator : IResourceAllocator
{
    public Task<Allocation> AllocateAsync(Bot bot, Fence fence, CancellationToken cancellationToken) =>
        Task.FromResult(new Allocation($"browser-{bot.Id}-{fence.Value}"));

    public Task ReleaseAsync(Bot bot, Fence fence, Allocation allocation, CancellationToken cancellationToken) => Task.CompletedTask;
}
