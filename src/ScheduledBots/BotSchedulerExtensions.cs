using System.Runtime.CompilerServices;
using ScheduledBots.Lifecycle;

namespace ScheduledBots;

/// <summary>What can be said with the verbs of <see cref="IBotScheduler"/>.</summary>
/// <remarks>Thread-safe.</remarks>
public static class BotSchedulerExtensions
{
    /// <summary>Walks all pages of a list, one call of the scheduler for each page, as the caller goes on.</summary>
    /// <param name="scheduler">The scheduler.</param>
    /// <param name="filter">Which bots; its cursor, if any, says where to begin.</param>
    /// <param name="cancellationToken">Ends the walk.</param>
    /// <returns>The bots, in the order of (JoinAt, id).</returns>
    /// <exception cref="ArgumentException">The filter breaks a rule.</exception>
    /// <exception cref="ObjectDisposedException">The scheduler has been disposed.</exception>
    public static IAsyncEnumerable<Bot> ListAllAsync(
        this IBotScheduler scheduler, BotFilter filter, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(scheduler);
        ArgumentNullException.ThrowIfNull(filter);
        return WalkAsync(scheduler, filter, cancellationToken);
    }

    private static async IAsyncEnumerable<Bot> WalkAsync(
        IBotScheduler scheduler, BotFilter filter, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // It ends: each page begins behind the one before.
        BotFilter? next = filter;
        while (next is not null)
        {
            BotPage page = await scheduler.ListAsync(next, cancellationToken).ConfigureAwait(false);
            foreach (Bot bot in page.Bots)
            {
                yield return bot;
            }

            next = page.NextCursor is null ? null : next with { Cursor = page.NextCursor };
        }
    }
}
