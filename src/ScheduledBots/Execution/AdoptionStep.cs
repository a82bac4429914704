using System.Diagnostics;
using Microsoft.Extensions.Logging;
using ScheduledBots.Configuration;
using ScheduledBots.Diagnostics;
using ScheduledBots.Lifecycle;
using ScheduledBots.Planning;
using ScheduledBots.Storage;

namespace ScheduledBots.Execution;

/// <summary>
/// Adopts: takes over the bots of lost owners, and writes off the resources that died with them. What is portable is made
/// usable here by <see cref="StagingStep"/>, like what has to be allocated again.
/// </summary>
internal sealed class AdoptionStep(
    IBotStore store, NodeSelf self, CommitWriter commits, SignalQueue signals, EngineClock clock, ScheduledBotsOptions options, ILogger log)
{
    /// <summary>How long after its window a bot is left to an owner that may be late to report.</summary>
    private TimeSpan Hold => options.JoinerIsIdempotent ? TimeSpan.Zero : options.AmbiguityHold;

    public async Task RunAsync(Command.Adopt command, CancellationToken cancellationToken)
    {
        if (!self.IsTrusted)
        {
            await signals.PostAsync(new Signal.AdoptionFailed());
            return;
        }

        try
        {
            // The only engine of a store knows that every other one has ended. Elsewhere the store's clock decides, surely not later than it is.
            DateTimeOffset now = clock.Read().Lower;
            DateTimeOffset closedBefore = self.IsShared ? now - Hold : DateTimeOffset.MaxValue;
            IReadOnlyList<BotSnapshot> adopted = await store.AdoptAsync(new AdoptQuery(self.Id, now, closedBefore, command.Limit), cancellationToken);
            await signals.PostAsync(new Signal.Adopted([.. adopted.Select(Bot.FromSnapshot)], command.Limit));
        }
        catch (Exception error) when (!cancellationToken.IsCancellationRequested)
        {
            Log.AdoptionFailed(log, error);
            await signals.PostAsync(new Signal.AdoptionFailed());
        }
    }

    /// <summary>A bot of this node that nobody works for; the next look at the rows finds it ready to be planned.</summary>
    /// <remarks>It keeps its owner. This node may be declared dead before the write arrives, and its next name may not be known to anybody yet.</remarks>
    public async Task RunAsync(Command.Reclaim command)
    {
        NodeId owner = command.Bot.Owner!.Value;
        Bot next = command.Bot switch
        {
            StagedBot staged => staged.AdoptedBy(owner, crashed: false),
            JoiningBot joining => joining.AdoptedBy(owner, crashed: false),
            Bot other => throw new UnreachableException($"{other} was neither armed nor joining"),
        };
        await commits.CommitAsync(Transition.ToCommit(command.Bot, next, clock.Now));
    }

    /// <summary>The resources of an earlier owner died with it: the bot is staged again, as scheduled where no attempt can have begun.</summary>
    public async Task RunAsync(Command.Restage command)
    {
        StagedBot bot = command.Bot;
        DateTimeOffset now = clock.Now;
        Bot next = bot.StatusAt(now) == BotStatus.Joining ? bot.RestageJoining(null, null) : bot.Restage(null, null);
        Log.ResourcesLost(log, bot.Id, bot.Fence.Value, next.Status);
        CommitOutcome outcome = await commits.CommitAsync(Transition.ToCommit(bot, next, now));
        await signals.PostAsync(new Signal.Restaged(bot.Id, bot.Fence, outcome == CommitOutcome.Applied ? next : null));
    }
}
