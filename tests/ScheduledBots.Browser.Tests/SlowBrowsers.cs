using ScheduledBots.Extensibility;
using ScheduledBots.Lifecycle;

namespace ScheduledBots.Browser.Tests;

/// <summary>Browsers of bots that are ready at once; bots of some names fail, and some stay at the door until a test lets them in.</summary>
internal sealed class SlowBrowsers : IResourceAllocator, IMeetingJoiner
{
    private readonly TaskCompletionSource _door = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public void OpenDoor() => _door.TrySetResult();

    public Task<Allocation> AllocateAsync(Bot bot, Fence fence, CancellationToken cancellationToken) => Task.FromResult(new Allocation("browser"));

    public Task ReleaseAsync(Bot bot, Fence fence, Allocation allocation, CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task<JoinResult> JoinAsync(JoinAttempt attempt, CancellationToken cancellationToken)
    {
        if (attempt.Bot.Name.Contains("waits", StringComparison.Ordinal))
        {
            await _door.Task.WaitAsync(cancellationToken);
        }

        return attempt.Bot.Name.Contains("fails", StringComparison.Ordinal) ? JoinResult.Failed("the meeting is locked") : JoinResult.Joined();
    }
}
