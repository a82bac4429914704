using System.Collections.Concurrent;
using ScheduledBots.Extensibility;
using ScheduledBots.Lifecycle;

namespace ScheduledBots.Tests.Hazards;

/// <summary>Host code without any care of its own, and the books of what it handed out.</summary>
internal sealed class HostileHost : IResourceAllocator, IMeetingJoiner
{
    private readonly ConcurrentDictionary<(BotId, Fence), byte> _live = new();

    public HostileHost()
    {
        Allocate = (bot, fence, _) => Task.FromResult(Give(bot, fence));
        Join = (_, _) => Task.FromResult(JoinResult.Joined());
        Release = (_, _) => Task.CompletedTask;
    }

    public Func<Bot, Fence, CancellationToken, Task<Allocation>?> Allocate { get; set; }

    public Func<JoinAttempt, CancellationToken, Task<JoinResult>?> Join { get; set; }

    public Func<Bot, CancellationToken, Task?> Release { get; set; }

    public ConcurrentQueue<JoinAttempt> Attempts { get; } = [];

    /// <summary>Released although it was not held, or held twice.</summary>
    public ConcurrentQueue<string> Wrongs { get; } = [];

    /// <summary>Allocations that were neither released nor given to a join that succeeded.</summary>
    public int LiveCount => _live.Count;

    /// <summary>Hands out one allocation.</summary>
    public Allocation Give(Bot bot, Fence fence)
    {
        if (!_live.TryAdd((bot.Id, fence), 0))
        {
            Wrongs.Enqueue($"{bot} was given twice");
        }

        return new Allocation("browser");
    }

    /// <summary>A join succeeded: the allocation is the host's.</summary>
    public JoinResult Keep(JoinAttempt attempt)
    {
        _live.TryRemove((attempt.Bot.Id, attempt.Fence), out _);
        return JoinResult.Joined();
    }

    public Task<Allocation> AllocateAsync(Bot bot, Fence fence, CancellationToken cancellationToken) => Allocate(bot, fence, cancellationToken)!;

    public Task<JoinResult> JoinAsync(JoinAttempt attempt, CancellationToken cancellationToken)
    {
        Attempts.Enqueue(attempt);
        Task<JoinResult>? joining = Join(attempt, cancellationToken);
        if (joining is { IsCompletedSuccessfully: true } && joining.Result is { Outcome: JoinOutcome.Joined })
        {
            Keep(attempt);
        }

        return joining!;
    }

    public Task ReleaseAsync(Bot bot, Fence fence, Allocation allocation, CancellationToken cancellationToken)
    {
        if (!_live.TryRemove((bot.Id, fence), out _))
        {
            Wrongs.Enqueue($"{bot} was released although it was not held");
        }

        return Release(bot, cancellationToken)!;
    }
}
