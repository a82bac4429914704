using Microsoft.Extensions.Logging;
using ScheduledBots.Configuration;
using ScheduledBots.Diagnostics;
using ScheduledBots.Lifecycle;
using ScheduledBots.Planning;
using ScheduledBots.Storage;

namespace ScheduledBots.Execution;

/// <summary>
/// Arms: records durably, shortly before JoinAt, that this node may start its staged bots. One statement, however many
/// bots, so that the instant itself needs no database.
/// </summary>
internal sealed class ArmingStep(
    IBotStore store,
    NodeSelf self,
    CommitWriter commits,
    Progress progress,
    SignalQueue signals,
    HerdCollector herds,
    EngineClock clock,
    ScheduledBotsOptions options,
    ILogger log)
{
    /// <summary>Whether this node may arm: without trust it must start nothing that is not armed yet.</summary>
    public bool CanArm => self.IsTrusted;

    /// <summary>
    /// How long an armed bot may be started. Nobody can adopt from the only engine of a store, so there the window only
    /// ends with the misfire grace.
    /// </summary>
    public TimeSpan Window => store.Traits.HasSingleEngine ? options.MisfireGrace + options.StartMargin + options.ArmLead : options.StartWindow;

    /// <summary>The query that arms what is due before an instant.</summary>
    public ArmQuery Query(DateTimeOffset dueBefore) => new(self.Id, clock.Now, dueBefore, Window);

    public async Task RunAsync(Command.Arm command, CancellationToken cancellationToken)
    {
        if (!CanArm)
        {
            await signals.PostAsync(new Signal.ArmingFailed());
            return;
        }

        progress.Began();
        try
        {
            IReadOnlyList<BotSnapshot> armed = await store.ArmAsync(Query(command.DueBefore), cancellationToken);
            herds.Armed(armed);
            await signals.PostAsync(new Signal.Armed([.. armed.Select(Bot.FromSnapshot).Cast<StagedBot>()]));
        }
        catch (Exception error) when (!cancellationToken.IsCancellationRequested)
        {
            Log.ArmingFailed(log, error);
            await signals.PostAsync(new Signal.ArmingFailed());
        }
        finally
        {
            progress.Ended();
        }
    }

    /// <summary>Takes an attempt back before its call, so that it can be renewed without anybody having to wait for its window.</summary>
    public async Task RunAsync(Command.Disarm command)
    {
        StagedBot? next = await TryDisarmAsync(command.Bot, command.NotBefore);
        await signals.PostAsync(new Signal.Disarmed(command.Bot.Id, command.Bot.Fence, next));
    }

    /// <summary>Arms one bot that has a join slot.</summary>
    public async Task RunAsync(Command.Rearm command)
    {
        StagedBot bot = command.Bot;
        StagedBot? next = bot;
        if (CanArm)
        {
            DateTimeOffset now = clock.Now;
            next = bot.Arm(Query(now).ArmedUntil(bot.JoinAt));
            CommitOutcome outcome = await commits.CommitAsync(Transition.ToCommit(bot, next, now) with { History = [] });
            next = outcome == CommitOutcome.Applied ? next : null;
        }

        await signals.PostAsync(new Signal.Rearmed(bot.Id, bot.Fence, next));
    }

    /// <summary>Writes that an armed bot is not armed any more; null where it was fenced.</summary>
    public async Task<StagedBot?> TryDisarmAsync(StagedBot bot, DateTimeOffset? notBefore)
    {
        StagedBot next = bot.Disarm(notBefore);
        CommitOutcome outcome = await commits.CommitAsync(Transition.ToCommit(bot, next, clock.Now) with { History = [] });
        return outcome == CommitOutcome.Applied ? next : null;
    }
}
