using ScheduledBots.Extensibility;
using ScheduledBots.Lifecycle;

namespace TwoNodes;

/// <summary>Stands in for a browser: it takes a moment to start, and dies with its process.</summary>
internal sealed class DemoAllocator : IResourceAllocator
{
    public async Task<Allocation> AllocateAsync(Bot bot, Fence fence, CancellationToken cancellationToken)
    {
        await Task.Delay(TimeSpan.FromMilliseconds(100), cancellationToken);
        return new Allocation($"browser for {bot.Id} under fence {fence}");
    }

    public Task ReleaseAsync(Bot bot, Fence fence, Allocation allocation, CancellationToken cancellationToken) => Task.CompletedTask;
}
