using Microsoft.Extensions.Logging;
using ScheduledBots.Diagnostics;
using ScheduledBots.Lifecycle;
using ScheduledBots.Planning;
using ScheduledBots.Storage;

namespace ScheduledBots.Execution;

/// <summary>Takes ownership of the bots that come within the horizon.</summary>
internal sealed class HorizonLoader(IBotStore store, NodeSelf self, SignalQueue signals, EngineClock clock, ILogger log)
{
    public async Task RunAsync(Command.Claim command, CancellationToken cancellationToken)
    {
        if (!self.IsTrusted)
        {
            await signals.PostAsync(new Signal.ClaimFailed());
            return;
        }

        try
        {
            signals.ClaimBegins();
            ClaimOutcome claimed = await store.ClaimAsync(
                new ClaimQuery(self.Id, clock.Now, command.DueBefore, command.Limit), cancellationToken);
            Bot[] bots = [.. claimed.Bots.Select(Bot.FromSnapshot)];
            await signals.PostAsync(new Signal.Loaded(bots, command.Limit, claimed.NextJoinAt));
        }
        catch (Exception error) when (!cancellationToken.IsCancellationRequested)
        {
            Log.ClaimFailed(log, error);
            await signals.PostAsync(new Signal.ClaimFailed());
        }
    }
}
