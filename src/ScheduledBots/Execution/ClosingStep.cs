using System.Diagnostics;
using ScheduledBots.Lifecycle;
using ScheduledBots.Planning;
using ScheduledBots.Storage;
using ScheduledBots.Timing;

namespace ScheduledBots.Execution;

/// <summary>Ends a bot's time on this node without a join: it fails, or goes back to the store; what it holds is released.</summary>
/// <remarks>Where bots survive this process (<c>isDurable</c>), a portable allocation is left to whoever claims the bot next.</remarks>
internal sealed class ClosingStep(
    Allocations allocations, CommitWriter commits, SignalQueue signals, EngineClock clock, bool isDurable)
{
    public Task RunAsync(Command.Fail command)
    {
        DateTimeOffset now = TickScale.RoundUp(clock.Now);
        return CloseAsync(command.Bot, Fail(command.Bot, command.Failure, now), now);
    }

    public async Task RunAsync(Command.HandBack command)
    {
        await CloseAsync(command.Bot, HandBack(command.Bot), TickScale.RoundUp(clock.Now));
        await signals.NudgeAsync(command.Bot.JoinAt);
    }

    private async Task CloseAsync(Bot bot, Bot next, DateTimeOffset now)
    {
        // Fenced is as good: somebody else decided, and nothing of this bot is ours any more.
        CommitOutcome outcome = await commits.CommitAsync(Transition.ToCommit(bot, next, now));
        if (next is StagedBot && (outcome == CommitOutcome.Applied || commits.IsOver))
        {
            // Handed back with its resources: whoever claims it attaches to them. At a forced stop nobody knows; then whoever adopts it does.
            allocations.HandOver(bot.Id, bot.Fence);
        }
        else
        {
            allocations.Release(bot, bot.Fence);
        }

        await signals.PostAsync(new Signal.Closed(bot.Id, bot.Fence));
    }

    private static FailedBot Fail(Bot bot, Failure failure, DateTimeOffset now) => bot switch
    {
        ScheduledBot scheduled => scheduled.Fail(failure, now),
        StagedBot staged => staged.Fail(failure, now),
        JoiningBot joining => joining.Fail(failure, now),
        _ => throw new UnreachableException($"{bot} cannot be failed here"),
    };

    private Bot HandBack(Bot bot) => bot switch
    {
        ScheduledBot scheduled => scheduled.HandBack(),
        StagedBot { Resource.IsPortable: true } staged when isDurable => staged.HandBack(),
        StagedBot staged => staged.LoseResources(),
        _ => throw new UnreachableException($"{bot} cannot be handed back"),
    };
}
