using ScheduledBots.Lifecycle;

namespace ScheduledBots.Extensibility;

/// <summary>
/// Allocates what a bot needs to join (a browser, a virtual machine, a phone line) a few minutes ahead of its
/// <c>JoinAt</c>, and releases it on every path that does not join. Implemented by the host, called by the engine.
/// </summary>
/// <remarks>
/// One singleton serves many bots at once, so it must be thread-safe; scopes are its own to open. It may throw, and it
/// may hang: it is given up at the allocation time-out, and what it still delivers later is released. Every call has a
/// (bot, fence) pair of its own; resources must be keyed by that pair, never by the bot alone.
/// </remarks>
public interface IResourceAllocator
{
    /// <summary>Allocates the resources of one bot.</summary>
    /// <param name="bot">The bot.</param>
    /// <param name="fence">The fencing token of this call; hand it to whatever can refuse an older one.</param>
    /// <param name="cancellationToken">Cancelled at the allocation time-out, when the bot is rescheduled or cancelled, and at a forced shutdown.</param>
    /// <returns>
    /// The allocation, which is the library's from now on. An exception, or null, means that nothing is allocated: what was made
    /// before it threw, the allocator has thrown away itself. The call is then made again, later and under a larger fence.
    /// </returns>
    Task<Allocation> AllocateAsync(Bot bot, Fence fence, CancellationToken cancellationToken);

    /// <summary>Releases an allocation that will not be used. Called once for each allocation that does not join.</summary>
    /// <param name="bot">The bot it was allocated for.</param>
    /// <param name="fence">The fencing token it was allocated under; a newer allocation of the same bot must survive.</param>
    /// <param name="allocation">What <see cref="AllocateAsync"/> or <see cref="AttachAsync"/> returned.</param>
    /// <param name="cancellationToken">Cancelled at the allocation time-out.</param>
    /// <returns>A task that ends when the resources are free. What it throws is logged by its type, and it is not called again.</returns>
    Task ReleaseAsync(Bot bot, Fence fence, Allocation allocation, CancellationToken cancellationToken);

    /// <summary>Makes a portable allocation of a dead node usable here. Only called for portable allocations.</summary>
    /// <param name="bot">The bot.</param>
    /// <param name="handle">The handle the other node's allocation had.</param>
    /// <param name="fence">The fencing token from now on.</param>
    /// <param name="cancellationToken">Cancelled at the allocation time-out.</param>
    /// <returns>The allocation, usable here.</returns>
    /// <exception cref="NotSupportedException">The allocator returned a portable allocation but cannot attach.</exception>
    Task<Allocation> AttachAsync(Bot bot, string handle, Fence fence, CancellationToken cancellationToken) =>
        throw new NotSupportedException($"{GetType().Name} returned a portable allocation but does not implement AttachAsync; implement it or return allocations that are not portable.");
}
