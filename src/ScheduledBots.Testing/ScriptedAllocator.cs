using ScheduledBots.Extensibility;
using ScheduledBots.Lifecycle;

namespace ScheduledBots.Testing;

/// <summary>An allocator that does as it is told. It releases at once, and attaches to whatever it is asked to.</summary>
/// <param name="time">The time its calls take: the host's <see cref="TestSchedulerHost.Time"/>, or any other.</param>
/// <remarks>Thread-safe.</remarks>
public sealed class ScriptedAllocator(TimeProvider time) : IResourceAllocator
{
    /// <summary>Says what a call does. The first delivers at once.</summary>
    public Func<Bot, AllocationScript> Script { get; set; } = _ => AllocationScript.Delivers();

    /// <summary>Says what a release throws, or null where it succeeds; the first always succeeds.</summary>
    public Func<Bot, Exception?> ReleaseError { get; set; } = _ => null;

    /// <summary>Plays one script after another, whichever bot the call is for; the last one over and over.</summary>
    /// <param name="scripts">At least one.</param>
    public void Play(params IReadOnlyList<AllocationScript> scripts)
    {
        ArgumentOutOfRangeException.ThrowIfZero(scripts?.Count ?? 0, nameof(scripts));
        int number = -1;
        Script = _ => scripts![Math.Min(Interlocked.Increment(ref number), scripts.Count - 1)];
    }

    /// <inheritdoc/>
    public Task<Allocation> AllocateAsync(Bot bot, Fence fence, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(bot);
        AllocationScript script = Script(bot);
        var allocation = new Allocation($"resource of {bot.Id} under fence {fence}", isPortable: script.IsPortable);
        return script.After == TimeSpan.Zero ? Task.FromResult(Result(script, allocation)) : TakeTimeAsync(script, allocation, cancellationToken);
    }

    /// <inheritdoc/>
    public Task ReleaseAsync(Bot bot, Fence fence, Allocation allocation, CancellationToken cancellationToken) =>
        ReleaseError(bot) is { } error ? Task.FromException(error) : Task.CompletedTask;

    /// <inheritdoc/>
    public Task<Allocation> AttachAsync(Bot bot, string handle, Fence fence, CancellationToken cancellationToken) =>
        Task.FromResult(new Allocation(handle, isPortable: true));

    private async Task<Allocation> TakeTimeAsync(AllocationScript script, Allocation allocation, CancellationToken cancellationToken)
    {
        await Task.Delay(script.After, time, script.IgnoresCancellation ? CancellationToken.None : cancellationToken);
        return Result(script, allocation);
    }

    private static Allocation Result(AllocationScript script, Allocation allocation) => script.Kind switch
    {
        AllocationScriptKind.Throws => throw new InvalidOperationException(script.Reason),
        AllocationScriptKind.ReturnsNothing => null!,
        _ => allocation,
    };
}
