using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using ScheduledBots.Configuration;
using ScheduledBots.Diagnostics;
using ScheduledBots.Extensibility;
using ScheduledBots.Lifecycle;
using ScheduledBots.Planning;
using ScheduledBots.Storage;

namespace ScheduledBots.Execution;

/// <summary>
/// Joins: passes the gate and calls the host's joiner, with nothing in between and no store call before. Every command
/// ends in exactly one <see cref="Signal.JoinEnded"/> or <see cref="Signal.JoinRefused"/>.
/// </summary>
internal sealed class JoiningStep(
    IMeetingJoiner joiner,
    Allocations allocations,
    CommitWriter commits,
    SignalQueue signals,
    EngineClock clock,
    CallRunner workers,
    CallRunner background,
    ScheduledBotsOptions options,
    ILogger log)
{
    private readonly MisfirePolicy _misfire = new(options.MisfireGrace);
    private readonly ConcurrentDictionary<(BotId, Fence), JoinCall> _calls = new();

    public void Run(Command.Join command) => workers.Post(() => _ = JoinAsync(command.Bot));

    /// <summary>Whether the joiner is being called for a bot under a fence.</summary>
    public bool IsRunning(BotId id, Fence fence) => _calls.ContainsKey((id, fence));

    /// <summary>Stops waiting: the call is cancelled, and the bot fails.</summary>
    public void GiveUp(Command.GiveUpJoin command)
    {
        if (_calls.TryGetValue((command.Id, command.Fence), out JoinCall? call) && call.TryConclude())
        {
            background.Post(() => _ = GiveUpAsync(call));
        }
    }

    /// <summary>Cancels every running call; for a forced stop.</summary>
    public void CancelAll()
    {
        foreach (JoinCall call in _calls.Values.OrderBy(call => call.Bot.Id))
        {
            call.Cancel(background);
        }
    }

    /// <summary>The gate, evaluated right before the joiner call.</summary>
    private async Task JoinAsync(StagedBot bot)
    {
        DateTimeOffset now = Timing.TickScale.RoundDown(clock.Now);
        if (now < bot.JoinAt)
        {
            await signals.PostAsync(new Signal.JoinRefused(bot));
        }
        else if (now > _misfire.LastStart(bot.JoinAt) || now >= bot.ArmedUntil - options.StartMargin)
        {
            await SettleAsync(bot, bot.Fail(new Failure(bot.PossiblyStarted ? FailureReason.Unknown : FailureReason.Missed), now), now);
        }
        else if (!allocations.TryGet(bot.Id, bot.Fence, out Allocation? allocation))
        {
            await SettleAsync(bot, bot.Fail(new Failure(FailureReason.StagingFailed, "Its allocation is gone."), now), now);
        }
        else
        {
            await CallAsync(new JoinCall(bot, now), allocation);
        }
    }

    private async Task CallAsync(JoinCall call, Allocation allocation)
    {
        _calls[(call.Bot.Id, call.Bot.Fence)] = call;
        JoinResult? result;
        try
        {
            Task<JoinResult> joining = joiner.JoinAsync(ToAttempt(call, allocation), call.Token);
            if (!joining.IsCompleted)
            {
                call.WhileOpen(() => call.JoiningWrite = commits.CommitAsync(
                    Transition.ToCommit(call.Bot, call.Bot.Join(call.StartedAt), call.StartedAt)));
            }

            result = await joining ?? JoinResult.Failed("The joiner returned null.");
        }
        catch (Exception error)
        {
            result = JoinResult.Failed($"{error.GetType().Name}: {error.Message}");
        }

        if (call.TryConclude())
        {
            // Of a herd every bot starts first; what became of it is worked out and written after.
            Bot next = Decide(call, result, clock.Now);
            workers.PostLater(() => _ = ConcludeAsync(call, next));
        }
        else
        {
            Log.LateJoinResult(log, call.Bot.Id, call.Bot.Attempt, result.Outcome);
        }
    }

    private Task GiveUpAsync(JoinCall call)
    {
        call.Cancel(background);
        var failure = new Failure(FailureReason.JoinTimedOut, "The joiner did not return in time.");
        return ConcludeAsync(call, call.Bot.Join(call.StartedAt).Fail(failure, Timing.TickScale.RoundUp(clock.Now)));
    }

    /// <summary>What a result makes of the bot.</summary>
    private Bot Decide(JoinCall call, JoinResult result, DateTimeOffset now)
    {
        JoiningBot joining = call.Bot.Join(call.StartedAt);
        if (result.Outcome == JoinOutcome.Joined)
        {
            return joining.Joined(Timing.TickScale.RoundUp(now));
        }

        var failure = new Failure(FailureReason.JoinFailed, result.Reason);
        bool canRetry = result.Outcome == JoinOutcome.Retry && call.Bot.Attempt < options.MaxJoinAttempts
            && result.RetryAfter <= _misfire.LastStart(call.Bot.JoinAt) - now;
        return canRetry
            ? joining.Retry(Timing.TickScale.RoundUp(now + result.RetryAfter), failure)
            : joining.Fail(failure, Timing.TickScale.RoundUp(now));
    }

    private async Task ConcludeAsync(JoinCall call, Bot next)
    {
        _calls.TryRemove((call.Bot.Id, call.Bot.Fence), out _);
        if (call.JoiningWrite is null)
        {
            // The result was there first: one write, but both lines of history.
            JoiningBot joining = call.Bot.Join(call.StartedAt);
            BotCommit commit = Transition.ToCommit(call.Bot, next, clock.Now) with
            {
                History = [Transition.Line(call.Bot, joining, call.StartedAt), Transition.Line(joining, next, clock.Now)],
            };
            await EndAsync(call.Bot, next, await commits.CommitAsync(commit));
        }
        else
        {
            CommitOutcome outcome = await call.JoiningWrite;
            if (outcome == CommitOutcome.Applied)
            {
                outcome = await commits.CommitAsync(Transition.ToCommit(call.Bot.Join(call.StartedAt), next, clock.Now));
            }

            await EndAsync(call.Bot, next, outcome);
        }
    }

    private async Task SettleAsync(StagedBot bot, FailedBot failed, DateTimeOffset now) =>
        await EndAsync(bot, failed, await commits.CommitAsync(Transition.ToCommit(bot, failed, now)));

    private async Task EndAsync(StagedBot bot, Bot next, CommitOutcome outcome)
    {
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
        StartedAt = call.StartedAt,
    };
}
