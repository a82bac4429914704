using System.Diagnostics;
using Microsoft.Extensions.Logging;
using ScheduledBots.Configuration;
using ScheduledBots.Diagnostics;
using ScheduledBots.Extensibility;
using ScheduledBots.Lifecycle;
using ScheduledBots.Planning;
using ScheduledBots.Storage;
using ScheduledBots.Timing;

namespace ScheduledBots.Execution;

/// <summary>
/// Stages: calls the host's allocator, then records the bot as staged. Every command ends in exactly one
/// <see cref="Signal.StagingEnded"/>, whatever the host's code does. A bot that an earlier owner left with portable
/// resources is attached to them first; if that fails, it is allocated for like any other.
/// </summary>
internal sealed class StagingStep(
    IResourceAllocator allocator,
    Allocations allocations,
    ArmingStep arming,
    CommitWriter commits,
    SignalQueue signals,
    EngineClock clock,
    CallRunner workers,
    CallRunner background,
    HostCalls<StagingCall> calls,
    BackOff backOff,
    StagingEstimate estimate,
    TimeProvider timeProvider,
    bool marksCalls,
    ScheduledBotsOptions options,
    ILogger log)
{
    public void Run(Command.Stage command)
    {
        var call = new StagingCall(command.Bot, command.Try, timeProvider.GetTimestamp());
        calls.Add(call);
        if (marksCalls)
        {
            // Beside the call, not before it: a process that dies of its first instants is not worth a bot's time.
            call.Mark = commits.CommitAsync(Transition.ToCommit(call.Bot, Begin(call.Bot), clock.Now) with { History = [] });
        }

        workers.Post(() => _ = CallAsync(call));
    }

    /// <summary>Whether the allocator is being called for a bot under a fence.</summary>
    public bool IsRunning(BotId id, Fence fence) => calls.Contains(id, fence);

    /// <summary>Stops waiting: the call is cancelled, and what it still delivers is released.</summary>
    public void GiveUp(Command.GiveUpStaging command)
    {
        if (calls.TryGiveUp(command.Id, command.Fence, out StagingCall? call))
        {
            background.Post(() => _ = RetryAsync(call, new Failure(FailureReason.StagingFailed, "The allocator did not return in time.")));
        }
    }

    private async Task CallAsync(StagingCall call)
    {
        if (!call.IsOpen)
        {
            return; // given up while it waited for a thread
        }

        Allocation? allocation = null;
        Failure? failure = null;
        try
        {
            Task<Allocation>? allocating = HostCode.Begin(() => PortableHandle(call.Bot) is { } handle
                ? allocator.AttachAsync(call.Bot, handle, call.Bot.Fence, call.Token)
                : allocator.AllocateAsync(call.Bot, call.Bot.Fence, call.Token));
            allocation = allocating is null ? null : await allocating;
            failure = allocation is null ? new Failure(FailureReason.StagingFailed, "The allocator returned null.") : null;
        }
        catch (Exception error)
        {
            failure = new Failure(FailureReason.StagingFailed, HostCode.WordsOf(error));
        }

        if (call.TryConclude())
        {
            await (allocation is null ? RetryAsync(call, failure!) : StageAsync(call, allocation));
        }
        else if (allocation is not null)
        {
            allocations.Release(call.Bot, call.Bot.Fence, allocation);
            Log.LateAllocation(log, call.Bot.Id, call.Bot.Fence.Value);
        }
    }

    private async Task StageAsync(StagingCall call, Allocation allocation)
    {
        DateTimeOffset now = clock.Now;
        StagedBot staged = Stage(call.Bot, allocation.ToResourceHandle());
        ArmQuery query = arming.Query(now + options.ArmLead);
        if (staged.JoinAt < query.DueBefore && arming.CanArm)
        {
            // Due before the next arming statement could be counted on: the statement that stages it arms it too.
            staged = staged.Arm(query.ArmedUntil(staged.JoinAt));
        }

        // With the bot that the agenda will keep: one of its own would be a fifth more memory for each bot owned.
        allocations.Hold(staged, staged.Fence, allocation);
        CommitOutcome outcome = await CommitAsync(call, staged, now);
        if (outcome == CommitOutcome.Fenced)
        {
            Log.StagingFenced(log, call.Bot.Id, call.Bot.Fence.Value);
            allocations.Release(call.Bot, call.Bot.Fence);
        }
        else
        {
            estimate.Measured(timeProvider.GetElapsedTime(call.OrderedTimestamp));
        }

        await EndAsync(call, outcome == CommitOutcome.Applied ? staged : null);
    }

    private async Task RetryAsync(StagingCall call, Failure failure)
    {
        DateTimeOffset now = clock.Now;
        TimeSpan delay = backOff.After(call.Number);
        Bot next = Retry(call.Bot, TickScale.RoundUp(now + delay), failure, now);
        Log.StagingRetried(log, call.Bot.Id, call.Number, delay);
        CommitOutcome outcome = await CommitAsync(call, next, now);
        await EndAsync(call, outcome == CommitOutcome.Applied ? next : null);
    }

    /// <summary>A bot has one commit under way at a time: the mark is answered first.</summary>
    private async Task<CommitOutcome> CommitAsync(StagingCall call, Bot next, DateTimeOffset now) =>
        call.Mark is { } mark && await mark == CommitOutcome.Fenced
            ? CommitOutcome.Fenced
            : await commits.CommitAsync(Transition.ToCommit(call.Bot, next, now));

    private async Task EndAsync(StagingCall call, Bot? next)
    {
        calls.Remove(call);
        await signals.PostAsync(new Signal.StagingEnded(call.Bot.Id, call.Bot.Fence, next));
    }

    private static string? PortableHandle(Bot bot) => bot switch
    {
        StagedBot { Resource: { IsPortable: true } resource } => resource.Value,
        JoiningBot { Resource: { IsPortable: true } resource } => resource.Value,
        _ => null,
    };

    private static Bot Begin(Bot bot) => bot switch
    {
        ScheduledBot scheduled => scheduled.BeginStaging(),
        StagedBot staged => staged.BeginStaging(),
        JoiningBot joining => joining.BeginStaging(),
        _ => throw new UnreachableException($"{bot} cannot be staged"),
    };

    private static StagedBot Stage(Bot bot, ResourceHandle resource) => bot switch
    {
        ScheduledBot scheduled => scheduled.Stage(resource),
        StagedBot staged => staged.Attach(resource),
        JoiningBot joining => joining.Stage(resource),
        _ => throw new UnreachableException($"{bot} cannot be staged"),
    };

    private static Bot Retry(Bot bot, DateTimeOffset notBefore, Failure failure, DateTimeOffset now) => bot switch
    {
        ScheduledBot scheduled => scheduled.RetryStaging(notBefore, failure),
        StagedBot staged when staged.StatusAt(now) == BotStatus.Joining => staged.RestageJoining(notBefore, failure),
        StagedBot staged => staged.Restage(notBefore, failure),
        JoiningBot joining => joining.RetryStaging(notBefore, failure),
        _ => throw new UnreachableException($"{bot} cannot be staged"),
    };
}
