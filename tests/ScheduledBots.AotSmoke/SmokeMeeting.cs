using ScheduledBots.Extensibility;
using ScheduledBots.Lifecycle;

namespace ScheduledBots.AotSmoke;

/// <summary>The least a host can implement.</summary>
internal sealed class SmokeMeeting : IResourceAllocator, IMeetingJoiner
{
    public TaskCompletionSource<JoinAttempt> Joined { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task<Allocation> AllocateAsync(Bot bot, Fence fence, CancellationToken cancellationToken) =>
        Task.FromResult(new Allocation("chair"));

    public Task ReleaseAsync(Bot bot, Fence fence, Allocation allocation, CancellationToken cancellationToken) => Task.CompletedTask;

    public Task<JoinResult> JoinAsync(JoinAttempt attempt, CancellationToken cancellationToken)
    {
        Joined.TrySetResult(attempt);
        return Task.FromResult(JoinResult.Joined());
    }
}
