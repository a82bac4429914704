using System.Diagnostics;
using ScheduledBots.Execution;
using ScheduledBots.Extensibility;
using ScheduledBots.Lifecycle;

namespace ScheduledBots.Diagnostics;

/// <summary>The host's allocator as the engine sees it: the same calls, with a span and a duration around each allocation.</summary>
internal sealed class MeasuredAllocator(ActivitySource source, string scheduler, IResourceAllocator allocator, SchedulerMetrics metrics) : IResourceAllocator
{
    /// <inheritdoc/>
    public Task<Allocation> AllocateAsync(Bot bot, Fence fence, CancellationToken cancellationToken) =>
        MeasureAsync(bot, fence, () => allocator.AllocateAsync(bot, fence, cancellationToken));

    /// <inheritdoc/>
    public Task ReleaseAsync(Bot bot, Fence fence, Allocation allocation, CancellationToken cancellationToken) =>
        allocator.ReleaseAsync(bot, fence, allocation, cancellationToken);

    /// <inheritdoc/>
    public Task<Allocation> AttachAsync(Bot bot, string handle, Fence fence, CancellationToken cancellationToken) =>
        MeasureAsync(bot, fence, () => allocator.AttachAsync(bot, handle, fence, cancellationToken));

    // Awaited plainly: what follows the host's call stays on the engine's runners.
    private async Task<Allocation> MeasureAsync(Bot bot, Fence fence, Func<Task<Allocation>> call)
    {
        using Activity? activity = SchedulerActivity.StartStage(source, scheduler, bot, fence);
        long begun = metrics.BeginStaging();
        try
        {
            Task<Allocation>? allocating = HostCode.Begin(call);
            Allocation? allocation = allocating is null ? null : await allocating;
            metrics.StagingEnded(begun, null);
            return allocation!; // null is an answer the engine knows
        }
        catch (Exception error)
        {
            string errorType = error.GetType().Name;
            SchedulerActivity.Fail(activity, errorType);
            metrics.StagingEnded(begun, errorType);
            throw;
        }
    }
}
