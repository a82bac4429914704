using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Logging;
using ScheduledBots.Diagnostics;
using ScheduledBots.Extensibility;
using ScheduledBots.Lifecycle;

namespace ScheduledBots.Execution;

/// <summary>The allocations this process holds, each under its (bot, fence), and the one place that releases them.</summary>
/// <remarks>
/// Thread-safe. Every allocation is taken once: by the joiner's success, or by a release. A release that does not come
/// back is given up at its time-out; the timer is the engine's own, because a token that cancels itself would run the
/// host's callbacks on the shared pool, where one that throws ends the process.
/// </remarks>
internal sealed class Allocations(
    IResourceAllocator allocator, CallRunner workers, CallRunner cancelling, TimeSpan releaseTimeout, TimeProvider timeProvider, ILogger log)
{
    private readonly ConcurrentDictionary<(BotId, Fence), (Bot Bot, Allocation Allocation)> _held = new();
    private readonly ConcurrentDictionary<(BotId, Fence), ReleaseCall> _releasing = new();

    /// <summary>Keeps an allocation until somebody takes it.</summary>
    public void Hold(Bot bot, Fence fence, Allocation allocation) => _held[(bot.Id, fence)] = (bot, allocation);

    /// <summary>Looks at an allocation.</summary>
    public bool TryGet(BotId id, Fence fence, [NotNullWhen(true)] out Allocation? allocation)
    {
        allocation = _held.TryGetValue((id, fence), out (Bot, Allocation Allocation) held) ? held.Allocation : null;
        return allocation is not null;
    }

    /// <summary>The allocation is the host's now.</summary>
    public void HandOver(BotId id, Fence fence) => _held.TryRemove((id, fence), out _);

    /// <summary>Releases what is held for a bot under a fence, if anything is.</summary>
    public void Release(Bot bot, Fence fence)
    {
        if (_held.TryRemove((bot.Id, fence), out (Bot, Allocation Allocation) held))
        {
            Release(bot, fence, held.Allocation);
        }
    }

    /// <summary>Releases an allocation that was never held: it came too late.</summary>
    public void Release(Bot bot, Fence fence, Allocation allocation)
    {
        var call = new ReleaseCall(bot, fence, allocation);
        _releasing.TryAdd(call.Key, call);
        call.Timer = timeProvider.CreateTimer(_ => GiveUp(call), null, releaseTimeout, Timeout.InfiniteTimeSpan);
        workers.Post(() => _ = ReleaseAsync(call));
    }

    /// <summary>Releases what nobody can use any more once the engine has stopped. What is portable stays for the node that adopts its bot.</summary>
    /// <param name="isInUse">Whether a call still has the allocation; it releases it itself.</param>
    public void ReleaseUnused(Func<BotId, Fence, bool> isInUse)
    {
        foreach (((BotId id, Fence fence), (Bot bot, Allocation allocation)) in _held)
        {
            if (!allocation.IsPortable && !isInUse(id, fence))
            {
                Release(bot, fence);
            }
        }
    }

    /// <summary>Ends when every release that was begun has ended or was given up.</summary>
    public async Task WhenReleasedAsync()
    {
        foreach (ReleaseCall call in _releasing.Values)
        {
            await call.Ended;
        }
    }

    private async Task ReleaseAsync(ReleaseCall call)
    {
        string? error = null;
        try
        {
            Task? releasing = HostCode.Begin(() => allocator.ReleaseAsync(call.Bot, call.Key.Fence, call.Allocation, call.Token));
            await (releasing ?? throw new InvalidOperationException("The allocator returned null."));
        }
        catch (Exception thrown)
        {
            error = thrown.GetType().Name;
        }

        End(call, error);
    }

    /// <summary>Stops waiting; a call that has not found a thread yet is still made.</summary>
    private void GiveUp(ReleaseCall call)
    {
        cancelling.Post(call.Cancel);
        End(call, nameof(TimeoutException));
    }

    private void End(ReleaseCall call, string? error)
    {
        if (call.TryConclude())
        {
            _releasing.TryRemove(call.Key, out _);
            call.End();
            if (error is not null)
            {
                Log.ReleaseFailed(log, call.Bot.Id, call.Key.Fence.Value, error);
            }
        }
    }
}
