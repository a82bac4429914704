using System.Collections.Concurrent;
using ScheduledBots.Extensibility;
using ScheduledBots.Lifecycle;

namespace ScheduledBots.Tests.Stories;

/// <summary>An allocator and a joiner that do as they are told and remember what was asked of them.</summary>
internal sealed class FakeHost : IResourceAllocator, IMeetingJoiner, IDisposable
{
    private readonly ConcurrentDictionary<(BotId, Fence), byte> _live = new();
    private readonly SemaphoreSlim _joinSignal = new(0);

    public Func<Bot, CancellationToken, Task<Allocation>> Allocate { get; set; } =
        (bot, _) => Task.FromResult(new Allocation($"resource of {bot.Id}"));

    public Func<JoinAttempt, CancellationToken, Task<JoinResult>> Join { get; set; } = (_, _) => Task.FromResult(JoinResult.Joined());

    /// <summary>Called by each release, after it was noted.</summary>
    public Action Release { get; set; } = () => { };

    public ConcurrentQueue<JoinAttempt> Attempts { get; } = [];

    /// <summary>Allocations that were neither joined nor released.</summary>
    public int LiveCount => _live.Count;

    public async Task<Allocation> AllocateAsync(Bot bot, Fence fence, CancellationToken cancellationToken)
    {
        Allocation allocation = await Allocate(bot, cancellationToken);
        Assert.True(allocation is null || _live.TryAdd((bot.Id, fence), 0), "each call has a (bot, fence) of its own");
        return allocation!;
    }

    public Task ReleaseAsync(Bot bot, Fence fence, Allocation allocation, CancellationToken cancellationToken)
    {
        Assert.True(_live.TryRemove((bot.Id, fence), out _), "released once");
        Release();
        return Task.CompletedTask;
    }

    public async Task<JoinResult> JoinAsync(JoinAttempt attempt, CancellationToken cancellationToken)
    {
        Attempts.Enqueue(attempt);
        JoinResult result = await Join(attempt, cancellationToken);
        if (result?.Outcome == JoinOutcome.Joined)
        {
            _live.TryRemove((attempt.Bot.Id, attempt.Fence), out _);
        }

        _joinSignal.Release();
        return result!;
    }

    public Task JoinEndedAsync() => WaitAsync(_joinSignal, "a join");

    public void Dispose() => _joinSignal.Dispose();

    private static async Task WaitAsync(SemaphoreSlim signal, string what) =>
        Assert.True(await signal.WaitAsync(TimeSpan.FromSeconds(30)), $"waited 30 seconds for {what}");
}
