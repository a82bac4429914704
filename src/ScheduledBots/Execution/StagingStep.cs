using Microsoft.Extensions.Logging;
using ScheduledBots.Configuration;
using ScheduledBots.Diagnostics;
using ScheduledBots.Extensibility;
using ScheduledBots.Lifecycle;
using ScheduledBots.Planning;
using ScheduledBots.Storage;

namespace ScheduledBots.Execution;

/// <summary>
/// Stages: calls the host's allocator, then records the bot as staged. Every command ends in exactly one
/// <see cref="Signal.StagingEnded"/>, whatever the host's code does.
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
    ScheduledBotsOptions options,
    ILogger log)
{
    public void Run(Command.Stage command)
    {
        var call = new StagingCall(command.Bot, command.Try, timeProvider.GetTimestamp());
        calls.Add(call);
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
            Task<Allocation>? allocating = HostCode.Begin(() => allocator.AllocateAsync(call.Bot, call.Bot.Fence, call.Token));
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
        allocations.Hold(call.Bot, call.Bot.Fence, allocation);
        StagedBot staged = call.Bot.Stage(allocation.ToResourceHandle());
        ArmQuery query = arming.Query(now + options.ArmLead);
        if (staged.JoinAt < query.DueBefore)
        {
            // Due before the next arming statement could be counted on: the statement that stages it arms it too.
            staged = staged.Arm(query.ArmedUntil(staged.JoinAt));
        }

        CommitOutcome outcome = await commits.CommitAsync(Transition.ToCommit(call.Bot, staged, now));
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
        ScheduledBot next = call.Bot.RetryStaging(Timing.TickScale.RoundUp(now + delay), failure);
        Log.StagingRetried(log, call.Bot.Id, call.Number, delay);
        CommitOutcome outcome = await commits.CommitAsync(Transition.ToCommit(call.Bot, next, now));
        await EndAsync(call, outcome == CommitOutcome.Applied ? next : null);
    }

    private async Task EndAsync(StagingCall call, Bot? next)
    {
        calls.Remove(call);
        await signals.PostAsync(new Signal.StagingEnded(call.Bot.Id, call.Bot.Fence, next));
    }
}
