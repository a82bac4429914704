using ScheduledBots.Extensibility;
using ScheduledBots.Lifecycle;

namespace ScheduledBots.AspNetCore.Tests;

/// <summary>Browsers that start and join in no time, but for bots of certain names.</summary>
internal sealed class TestBrowsers : IResourceAllocator, IMeetingJoiner
{
    /// <summary>The name of bots that are not let in.</summary>
    public const string Refused = "refused";

    /// <summary>The name of bots that wait to be let in until <see cref="Open"/> is called.</summary>
    public const string Waiting = "waiting";

    private readonly TaskCompletionSource _door = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _joined;

    public int JoinedCount => _joined;

    /// <summary>Lets in those that wait, and those that come later.</summary>
    public void Open() => _door.TrySetResult();

    public Task<Allocation> AllocateAsync(Bot bot, Fence fence, CancellationToken cancellationToken) => Task.FromResult(new Allocation("browser"));

    public Task ReleaseAsync(Bot bot, Fence fence, Allocation allocation, CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task<JoinResult> JoinAsync(JoinAttempt attempt, CancellationToken cancellationToken)
    {
        switch (attempt.Bot.Name)
        {
            case Refused:
                return JoinResult.Failed("the host of the meeting said no");
            case Waiting:
                await _door.Task.WaitAsync(cancellationToken);
                break;
        }

        Interlocked.Increment(ref _joined);
        return JoinResult.Joined();
    }
}
