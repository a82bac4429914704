using Microsoft.Extensions.Logging;
using ScheduledBots.Configuration;
using ScheduledBots.Diagnostics;
using ScheduledBots.Storage;

namespace ScheduledBots.Execution;

/// <summary>Deletes settled bots whose retention is over.</summary>
internal sealed class Pruner(IBotStore store, EngineClock clock, ScheduledBotsOptions options, ILogger log)
{
    /// <summary>The most bots one statement deletes.</summary>
    public const int MaxBatch = 1_000;

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            DateTimeOffset settledBefore = clock.Now - options.Retention;
            while (await store.PruneAsync(settledBefore, MaxBatch, cancellationToken) == MaxBatch)
            {
                // A full batch: there may be more.
            }
        }
        catch (Exception error) when (!cancellationToken.IsCancellationRequested)
        {
            Log.PruneFailed(log, error, options.PruneInterval);
        }
    }
}
