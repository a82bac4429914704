using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Logging;
using ScheduledBots.Diagnostics;
using ScheduledBots.Extensibility;
using ScheduledBots.Lifecycle;

namespace ScheduledBots.Execution;

/// <summary>The allocations this process holds, each under its (bot, fence), and the one place that releases them.</summary>
/// <remarks>Thread-safe. Every allocation is taken once: by the joiner's success, or by a release.</remarks>
internal sealed class Allocations(IResourceAllocator allocator, CallRunner workers, TimeSpan releaseTimeout, TimeProvider timeProvider, ILogger log)
{
    private readonly ConcurrentDictionary<(BotId, Fence), Allocation> _held = new();
    private readonly ConcurrentDictionary<long, Task> _releasing = new();
    private long _releaseCount;

    /// <summary>Keeps an allocation until somebody takes it.</summary>
    public void Hold(BotId id, Fence fence, Allocation allocation) => _held[(id, fence)] = allocation;

    /// <summary>Looks at an allocation.</summary>
    public bool TryGet(BotId id, Fence fence, [NotNullWhen(true)] out Allocation? allocation) => _held.TryGetValue((id, fence), out allocation);

    /// <summary>The allocation is the host's now.</summary>
    public void HandOver(BotId id, Fence fence) => _held.TryRemove((id, fence), out _);

    /// <summary>Releases what is held for a bot under a fence, if anything is.</summary>
    public void Release(Bot bot, Fence fence)
    {
        if (_held.TryRemove((bot.Id, fence), out Allocation? allocation))
        {
            Release(bot, fence, allocation);
        }
    }

    /// <summary>Releases an allocation that was never held: it came too late.</summary>
    public void Release(Bot bot, Fence fence, Allocation allocation)
    {
        var released = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        long number = Interlocked.Increment(ref _releaseCount);
        _releasing.TryAdd(number, released.Task);
        workers.Post(() => _ = ReleaseAsync(bot, fence, allocation, number, released));
    }

    /// <summary>Ends when every release that was begun has ended.</summary>
    public async Task WhenReleasedAsync()
    {
        foreach (Task releasing in _releasing.Values)
        {
            await releasing;
        }
    }

    private async Task ReleaseAsync(Bot bot, Fence fence, Allocation allocation, long number, TaskCompletionSource released)
    {
        using var cancellation = new CancellationTokenSource(releaseTimeout, timeProvider);
        try
        {
            await allocator.ReleaseAsync(bot, fence, allocation, cancellation.Token);
        }
        catch (Exception error)
        {
            Log.ReleaseFailed(log, bot.Id, fence.Value, error.GetType().Name);
        }
        finally
        {
            _releasing.TryRemove(number, out _);
            released.SetResult();
        }
    }
}
