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
/// Joins: passes the gate and calls the host's joiner, with nothing in between and no store call before. Every command
/// ends in exactly one <see cref="Signal.JoinEnded"/> or <see cref="Signal.JoinRefused"/>.
/// </summary>
internal sealed class JoiningStep(
    IMeetingJoiner joiner,
    NodeSelf self,
    Allocations allocations,
    ArmingStep arming,
    CommitWriter commits,
    SignalQueue signals,
    EngineClock clock,
    CallRunner workers,
    CallRunner background,
    HostCalls<JoinCall> calls,
    TimeProvider timeProvider,
    ScheduledBotsOptions options,
    ILogger log)
{
    private readonly MisfirePolicy _misfire = new(options.MisfireGrace);

    public void Run(Command.Join command)
    {
        var call = new JoinCall(command.Bot);
        calls.Add(call);
        workers.Post(() => _ = JoinAsync(call));
    }

    /// <summary>Whether the joiner is being called for a bot under a fence.</summary>
    public bool IsRunning(BotId id, Fence fence) => calls.Contains(id, fence);

    /// <summary>Stops waiting: the call is cancelled, and the bot fails.</summary>
    public void GiveUp(Command.GiveUpJoin command)
    {
        if (calls.TryGiveUp(command.Id, command.Fence, out JoinCall? call))
        {
            background.Post(() => _ = GiveUpAsync(call));
        }
    }

    /// <summary>
    /// The bot is another's. A call that waits for a thread does not begin; one that runs is asked to stop, and what it comes
    /// to is still reported. One that does not return has the join time-out once more.
    /// </summary>
    public void Supersede(Command.Supersede command)
    {
        if (calls.TryGet(command.Id, command.Fence, out JoinCall? call))
        {
            call.Supersede(calls.Cancelling);
            background.Post(() => _ = GiveUpLaterAsync(new Command.GiveUpJoin(command.Id, command.Fence)));
        }
    }

    /// <summary>For a forced stop: asks every call to stop, and gives up those that have not begun.</summary>
    public void CancelAll()
    {
        foreach (JoinCall call in calls.Open.Where(call => call.StartedAt is null))
        {
            GiveUp(new Command.GiveUpJoin(call.Bot.Id, call.Bot.Fence));
        }

        calls.CancelAll();
    }

    /// <summary>The gate, evaluated right before the joiner call.</summary>
    private async Task JoinAsync(JoinCall call)
    {
        StagedBot bot = call.Bot;
        ClockReading reading = clock.Read();
        DateTimeOffset now = TickScale.RoundDown(reading.Now);
        if (!self.Is(bot.Owner) || now < bot.JoinAt)
        {
            // Early, or the node was declared dead since, and whoever adopts the bot joins it.
            await RefuseAsync(call);
        }
        else if (now > _misfire.LastStart(bot.JoinAt))
        {
            await SettleAsync(call, bot.Missed(), now);
        }
        else if (reading.Upper >= bot.ArmedUntil - options.StartMargin)
        {
            await DisarmAsync(call);
        }
        else if (!allocations.TryGet(bot.Id, bot.Fence, out Allocation? allocation))
        {
            await SettleAsync(call, new Failure(FailureReason.StagingFailed, "Its allocation is gone."), now);
        }
        else if (call.TryStart(now))
        {
            await CallAsync(call, allocation);
        }
        else if (call.TryConclude())
        {
            // Superseded while it waited for its thread: the bot, and what becomes of it, are another's.
            await LeaveAsync(call);
        }
    }

    private async Task CallAsync(JoinCall call, Allocation allocation)
    {
        JoinResult? result;
        try
        {
            Task<JoinResult>? joining = HostCode.Begin(
                (joiner, call, allocation), static held => held.joiner.JoinAsync(ToAttempt(held.call, held.allocation), held.call.Token));
            if (joining is { IsCompleted: false })
            {
                workers.PostLater(() => call.WhileOpen((call, commits), static held => held.call.JoiningWrite = held.commits.CommitAsync(
                    Transition.ToCommit(held.call.Bot, held.call.Joining(), held.call.StartedAt!.Value))));
            }

            result = joining is null ? null : await joining;
            result ??= JoinResult.Failed("The joiner returned null.");
        }
        catch (Exception error)
        {
            result = JoinResult.Failed(HostCode.WordsOf(error));
        }

        if (call.TryConclude())
        {
            // Of a herd every bot starts first; what became of it is worked out and written after.
            DateTimeOffset endedAt = clock.Now;
            workers.PostLater(() => _ = ConcludeAsync(call, Decide(call, result, endedAt)));
        }
        else
        {
            Log.LateJoinResult(log, call.Bot.Id, call.Bot.Attempt, result.Outcome);
        }
    }

    /// <summary>
    /// The window has closed, or may have, while nothing was called: the attempt is taken back, for another one. A node that
    /// was frozen and is another's prey by now learns it here.
    /// </summary>
    private async Task DisarmAsync(JoinCall call)
    {
        if (!call.TryConclude())
        {
            return;
        }

        if (await arming.TryDisarmAsync(call.Bot, notBefore: null) is { } disarmed)
        {
            Log.WindowClosed(log, call.Bot.Id, call.Bot.Attempt);
            calls.Remove(call);
            await signals.PostAsync(new Signal.JoinRefused(disarmed));
        }
        else
        {
            await LeaveAsync(call);
        }
    }

    private Task LeaveAsync(JoinCall call)
    {
        calls.Remove(call);
        allocations.Release(call.Bot, call.Bot.Fence);
        return signals.PostAsync(new Signal.JoinEnded(call.Bot.Id, call.Bot.Fence, null)).AsTask();
    }

    private async Task GiveUpLaterAsync(Command.GiveUpJoin command)
    {
        await Task.Delay(options.JoinTimeout, timeProvider, CancellationToken.None);
        GiveUp(command);
    }

    private async Task GiveUpAsync(JoinCall call)
    {
        DateTimeOffset now = TickScale.RoundUp(clock.Now);
        if (call.StartedAt is null)
        {
            // Every thread is blocked by other calls: it never began, and never will.
            await EndAsync(call, call.Bot.Fail(call.Bot.Missed(), now), now);
        }
        else
        {
            var failure = new Failure(FailureReason.JoinTimedOut, "The joiner did not return in time.");
            await ConcludeAsync(call, call.Joining().Fail(failure, now));
        }
    }

    /// <summary>What a result makes of the bot.</summary>
    private Bot Decide(JoinCall call, JoinResult result, DateTimeOffset now)
    {
        JoiningBot joining = call.Joining();
        if (result.Outcome == JoinOutcome.Joined)
        {
            return joining.Joined(TickScale.RoundUp(now));
        }

        var failure = new Failure(FailureReason.JoinFailed, result.Reason);
        bool canRetry = result.Outcome == JoinOutcome.Retry && call.Bot.Attempt < options.MaxJoinAttempts
            && result.RetryAfter <= _misfire.LastStart(call.Bot.JoinAt) - now;
        return canRetry
            ? joining.Retry(TickScale.RoundUp(now + result.RetryAfter), failure)
            : joining.Fail(failure, TickScale.RoundUp(now));
    }

    private async Task ConcludeAsync(JoinCall call, Bot next)
    {
        if (call.JoiningWrite is null)
        {
            // The result was there first: one write, but both lines of history.
            JoiningBot joining = call.Joining();
            BotCommit commit = Transition.ToCommit(call.Bot, next, clock.Now) with
            {
                History = [Transition.Line(call.Bot, joining, joining.StartedAt), Transition.Line(joining, next, clock.Now)],
            };
            await EndAsync(call, next, await commits.CommitAsync(commit));
        }
        else
        {
            CommitOutcome outcome = await call.JoiningWrite;
            if (outcome == CommitOutcome.Applied)
            {
                outcome = await commits.CommitAsync(Transition.ToCommit(call.Joining(), next, clock.Now));
            }

            await EndAsync(call, next, outcome);
        }
    }

    private async Task RefuseAsync(JoinCall call)
    {
        if (call.TryConclude())
        {
            calls.Remove(call);
            await signals.PostAsync(new Signal.JoinRefused(call.Bot));
        }
    }

    private async Task SettleAsync(JoinCall call, Failure failure, DateTimeOffset now)
    {
        if (call.TryConclude())
        {
            await EndAsync(call, call.Bot.Fail(failure, now), now);
        }
    }

    private async Task EndAsync(JoinCall call, FailedBot failed, DateTimeOffset now) =>
        await EndAsync(call, failed, await commits.CommitAsync(Transition.ToCommit(call.Bot, failed, now)));

    private async Task EndAsync(JoinCall call, Bot next, CommitOutcome outcome)
    {
        StagedBot bot = call.Bot;
        calls.Remove(call);
        if (next is JoinedBot)
        {
            // In the meeting, whatever the store says: the resources are the host's.
            allocations.HandOver(bot.Id, bot.Fence);
        }
        else if (next is not StagedBot || outcome == CommitOutcome.Fenced)
        {
            allocations.Release(bot, bot.Fence);
        }

        if (outcome == CommitOutcome.Fenced)
        {
            Log.JoinFenced(log, bot.Id, bot.Attempt, next.Status);
        }

        await signals.PostAsync(new Signal.JoinEnded(bot.Id, bot.Fence, outcome == CommitOutcome.Applied ? next as StagedBot : null));
    }

    private static JoinAttempt ToAttempt(JoinCall call, Allocation allocation) => new()
    {
        Bot = call.Bot,
        Attempt = call.Bot.Attempt,
        Fence = call.Bot.Fence,
        PossiblyStarted = call.Bot.PossiblyStarted,
        Allocation = allocation,
        StartedAt = call.StartedAt!.Value,
        Superseded = call.Superseded,
    };
}
