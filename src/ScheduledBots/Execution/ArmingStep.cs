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
    IBotStore store, NodeId owner, SignalQueue signals, EngineClock clock, ScheduledBotsOptions options, ILogger log)
{
    /// <summary>
    /// How long an armed bot may be started. Nobody can adopt from the only engine of a store, so there the window only
    /// ends with the misfire grace.
    /// </summary>
    public TimeSpan Window => store.Traits.HasSingleEngine ? options.MisfireGrace + options.StartMargin + options.ArmLead : options.StartWindow;

    /// <summary>The query that arms what is due before an instant.</summary>
    public ArmQuery Query(DateTimeOffset dueBefore) => new(owner, clock.Now, dueBefore, Window);

    public async Task RunAsync(Command.Arm command, CancellationToken cancellationToken)
    {
        try
        {
            IReadOnlyList<BotSnapshot> armed = await store.ArmAsync(Query(command.DueBefore), cancellationToken);
            await signals.PostAsync(new Signal.Armed([.. armed.Select(Bot.FromSnapshot).Cast<StagedBot>()]));
        }
        catch (Exception error) when (!cancellationToken.IsCancellationRequested)
        {
            Log.ArmingFailed(log, error);
            await signals.PostAsync(new Signal.ArmingFailed());
        }
    }
}
