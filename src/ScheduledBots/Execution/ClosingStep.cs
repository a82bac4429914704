using System.Diagnostics;
using ScheduledBots.Lifecycle;
using ScheduledBots.Planning;
using ScheduledBots.Storage;

namespace ScheduledBots.Execution;

/// <summary>Ends a bot's time on this node without a join: it fails, or goes back to the store; what it holds is released.</summary>
internal sealed class ClosingStep(Allocations allocations, CommitWriter commits, SignalQueue signals, EngineClock clock)
{
    public Task RunAsync(Command.Fail command)
    {
        DateTimeOffset now = Timing.TickScale.RoundUp(clock.Now);
        return CloseAsync(command.Bot, Fail(command.Bot, command.Failure, now), now);
    }

    public async Task RunAsync(Command.HandBack command)
    {
        await CloseAsync(command.Bot, HandBack(command.Bot), clock.Now);
        await signals.PostAsync(new Signal.Nudged(command.Bot.JoinAt));
    }

    private async Task CloseAsync(Bot bot, Bot next, DateTimeOffset now)
    {
        // Fenced is as good: somebody else decided, and nothing of this bot is ours any more.
        await commits.CommitAsync(Transition.ToCommit(bot, next, now));
        allocations.Release(bot, bot.Fence);
        await signals.PostAsync(new Signal.Closed(bot.Id, bot.Fence));
    }

    private static FailedBot Fail(Bot bot, Failure failure, DateTimeOffset now) => bot switch
    {
        ScheduledBot scheduled => scheduled.Fail(failure, now),
        StagedBot staged => staged.Fail(failure, now),
        _ => throw new UnreachableException($"{bot} cannot be failed here"),
    };

    private static ScheduledBot HandBack(Bot bot) => bot switch
    {
        ScheduledBot scheduled => scheduled.HandBack(),
        StagedBot staged => staged.LoseResources(),
        _ => throw new UnreachableException($"{bot} cannot be handed back"),
    };
}
