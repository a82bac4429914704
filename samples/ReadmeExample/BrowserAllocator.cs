using ScheduledBots.Extensibility;
using ScheduledBots.Lifecycle;

namespace ReadmeExample;

internal sealed class BrowserAllocator : IResourceAllocator
{
    public Task<Allocation> AllocateAsync(Bot bot, Fence fence, CancellationToken cancellationToken) =>
        Task.FromResult(new Allocation($"browser-{bot.Id}-{fence}"));

    public Task ReleaseAsync(Bot bot, Fence fence, Allocation allocation, CancellationToken cancellationToken) =>
        Task.CompletedTask;
}
