using ScheduledBots.Extensibility;
using ScheduledBots.Lifecycle;
using ScheduledBots.Simulation.History;
using ScheduledBots.Simulation.Plans;

namespace ScheduledBots.Simulation.World;

/// <summary>The host's allocator and joiner in one process: they do to each bot what the plan says, and everything is written down.</summary>
internal sealed class HostCode(Process process, Simulation world) : IResourceAllocator, IMeetingJoiner
{
    public async Task<Allocation> AllocateAsync(Bot bot, Fence fence, CancellationToken cancellationToken)
    {
        bool delivered = false;
        Begin(new Entry.Allocating(world.Timeline.Now, process.Number, bot.Id, fence, Attach: false));
        using CancellationTokenRegistration cancellation = OnCancel(bot.Id, fence, isJoin: false, cancellationToken);
        try
        {
            Allocation? allocation = await ActAsync(world.NextAllocation(bot.Id), bot, cancellationToken);
            delivered = allocation is not null;
            return allocation!;
        }
        finally
        {
            world.Recorder.Add(new Entry.Allocated(world.Timeline.Now, process.Number, bot.Id, fence, delivered));
        }
    }

    public async Task<Allocation> AttachAsync(Bot bot, string handle, Fence fence, CancellationToken cancellationToken)
    {
        Begin(new Entry.Allocating(world.Timeline.Now, process.Number, bot.Id, fence, Attach: true));
        await DelayAsync(TimeSpan.FromMilliseconds(20));
        world.Recorder.Add(new Entry.Allocated(world.Timeline.Now, process.Number, bot.Id, fence, Delivered: true));
        return new Allocation(handle, null, isPortable: true);
    }

    public async Task ReleaseAsync(Bot bot, Fence fence, Allocation allocation, CancellationToken cancellationToken)
    {
        Begin(new Entry.Released(world.Timeline.Now, process.Number, bot.Id, fence));
        await DelayAsync(TimeSpan.FromMilliseconds(5));
    }

    public Task<JoinResult> JoinAsync(JoinAttempt attempt, CancellationToken cancellationToken)
    {
        Begin(new Entry.Joining(world.Timeline.Now, process.Number, attempt, process.Machine.Wall));
        JoinAct act = world.NextJoin(attempt.Bot.Id);
        if (act.Kind == JoinActKind.ThrowsAtOnce)
        {
            world.Recorder.Add(new Entry.Joined(world.Timeline.Now, process.Number, attempt.Bot.Id, attempt.Fence, attempt.Attempt, null));
            throw new InvalidOperationException("simulated: the joiner threw");
        }

        return JoinAsync(attempt, act, cancellationToken);
    }

    private async Task<JoinResult> JoinAsync(JoinAttempt attempt, JoinAct act, CancellationToken cancellationToken)
    {
        JoinResult? result = null;
        using CancellationTokenRegistration cancellation = OnCancel(attempt.Bot.Id, attempt.Fence, isJoin: true, cancellationToken);
        try
        {
            return (result = await ActAsync(act, cancellationToken))!;
        }
        finally
        {
            world.Recorder.Add(new Entry.Joined(world.Timeline.Now, process.Number, attempt.Bot.Id, attempt.Fence, attempt.Attempt, result?.Outcome));
        }
    }

    private async Task<Allocation?> ActAsync(AllocationAct act, Bot bot, CancellationToken cancellationToken)
    {
        if (act.Kind == AllocationActKind.Kills)
        {
            await KillAsync();
        }
        else if (act.Kind is AllocationActKind.Delivers or AllocationActKind.Throws or AllocationActKind.ReturnsNull)
        {
            await DelayAsync(act.After);
        }
        else if (act.Kind is AllocationActKind.Hangs or AllocationActKind.StopsWhenCancelled or AllocationActKind.DeliversWhenCancelled)
        {
            await UntilCancelledAsync(act.Kind == AllocationActKind.StopsWhenCancelled, act.Kind == AllocationActKind.Hangs ? default : cancellationToken);
            await DelayAsync(TimeSpan.FromMilliseconds(100));
        }

        return act.Kind switch
        {
            AllocationActKind.Throws or AllocationActKind.ThrowsAtOnce => throw new InvalidOperationException("simulated: the allocator threw"),
            AllocationActKind.ReturnsNull => null,
            _ => new Allocation($"allocation of {world.Recorder.NameOf(bot.Id)}", null, world.IsPortable(bot.Id)),
        };
    }

    private async Task<JoinResult?> ActAsync(JoinAct act, CancellationToken cancellationToken)
    {
        switch (act.Kind)
        {
            case JoinActKind.JoinsAtOnce:
                break;
            case JoinActKind.Kills:
                await KillAsync();
                break;
            case JoinActKind.Hangs or JoinActKind.StopsWhenCancelled or JoinActKind.JoinsWhenCancelled:
                await UntilCancelledAsync(act.Kind == JoinActKind.StopsWhenCancelled, act.Kind == JoinActKind.Hangs ? default : cancellationToken);
                await DelayAsync(TimeSpan.FromMilliseconds(100));
                break;
            default:
                await DelayAsync(act.After);
                break;
        }

        return act.Kind switch
        {
            JoinActKind.Throws => throw new InvalidOperationException("simulated: the joiner threw"),
            JoinActKind.ReturnsNull => null,
            JoinActKind.Fails => JoinResult.Failed("simulated"),
            JoinActKind.AsksAgain => JoinResult.Retry(act.After, "simulated"),
            _ => JoinResult.Joined(),
        };
    }

    /// <summary>Whoever watches over the processes of this machine starts another one soon. Nothing after this line happens.</summary>
    private Task KillAsync()
    {
        world.Kill(process.Machine);
        world.Timeline.Add(TimeSpan.FromSeconds(2).Ticks, null, null, _ => world.BootIfDown(process.Machine), null);
        return new TaskCompletionSource().Task;
    }

    private void Begin(Entry entry)
    {
        world.Timeline.AssertThread();
        world.Recorder.Add(entry);
    }

    private CancellationTokenRegistration OnCancel(BotId bot, Fence fence, bool isJoin, CancellationToken cancellationToken) =>
        cancellationToken.Register(() => world.Recorder.Add(new Entry.Cancelled(world.Timeline.Now, process.Number, bot, fence, isJoin)));

    private Task DelayAsync(TimeSpan delay)
    {
        var ended = new TaskCompletionSource();
        world.Timeline.Add(delay.Ticks, process, null, static source => ((TaskCompletionSource)source!).SetResult(), ended);
        return ended.Task;
    }

    private static Task UntilCancelledAsync(bool throws, CancellationToken cancellationToken)
    {
        var ended = new TaskCompletionSource();
        cancellationToken.Register(() =>
        {
            if (throws)
            {
                ended.SetCanceled(cancellationToken);
            }
            else
            {
                ended.SetResult();
            }
        });
        return ended.Task;
    }
}
