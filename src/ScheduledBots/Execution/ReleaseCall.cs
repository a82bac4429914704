using ScheduledBots.Extensibility;
using ScheduledBots.Lifecycle;

namespace ScheduledBots.Execution;

/// <summary>One call that releases an allocation.</summary>
internal sealed class ReleaseCall(Bot bot, Fence fence, Allocation allocation) : HostCall(bot.Id, fence)
{
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Bot Bot { get; } = bot;

    public Allocation Allocation { get; } = allocation;

    /// <summary>Gives the call up; started with it.</summary>
    public ITimer? Timer { get; set; }

    /// <summary>Ends when the call has ended or was given up.</summary>
    public Task Ended => _ended.Task;

    public void End()
    {
        Timer?.Dispose();
        _ended.TrySetResult();
    }
}
