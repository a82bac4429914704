using ScheduledBots.Lifecycle;

namespace ScheduledBots.Extensibility;

/// <summary>What the host's allocator handed over for one bot.</summary>
/// <remarks>
/// Immutable; passed between threads. It is the library's from the moment the allocator returns it until the joiner's
/// <see cref="JoinResult.Joined"/>, and the host's from then on. The library hands it to the joiner or back to
/// <see cref="IResourceAllocator.ReleaseAsync"/>; it never looks inside and disposes nothing.
/// </remarks>
public sealed record Allocation
{
    /// <summary>The longest handle, in characters.</summary>
    public const int MaxHandleLength = 2048;

    /// <summary>Describes an allocation.</summary>
    /// <param name="handle">The allocator's own text for the resources; stored, at most <see cref="MaxHandleLength"/> characters.</param>
    /// <param name="resource">The resource itself, in this process; never stored.</param>
    /// <param name="isPortable">Whether another node can use the resources by <see cref="IResourceAllocator.AttachAsync"/>.</param>
    /// <exception cref="ArgumentException">The handle is empty or too long.</exception>
    public Allocation(string handle, object? resource = null, bool isPortable = false)
    {
        ArgumentException.ThrowIfNullOrEmpty(handle);
        if (handle.Length > MaxHandleLength)
        {
            throw new ArgumentException($"The handle has {handle.Length} characters; at most {MaxHandleLength} can be stored. Keep a key in it, not the resource.", nameof(handle));
        }

        Handle = handle;
        Resource = resource;
        IsPortable = isPortable;
    }

    /// <summary>The allocator's own text for the resources; treated as a secret.</summary>
    public string Handle { get; }

    /// <summary>The resource itself, in this process, or null.</summary>
    public object? Resource { get; }

    /// <summary>Whether another node can use the resources.</summary>
    public bool IsPortable { get; }

    /// <summary>What the store keeps of it.</summary>
    internal ResourceHandle ToResourceHandle() => new(Handle, IsPortable);

    /// <summary>Says whether it is portable, never what it is.</summary>
    /// <returns>A text without the handle.</returns>
    public override string ToString() => IsPortable ? "portable allocation" : "local allocation";
}
