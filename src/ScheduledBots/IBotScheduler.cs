using ScheduledBots.Lifecycle;

namespace ScheduledBots;

/// <summary>The face of ScheduledBots: schedules bots, changes them while that is possible, and finds them again.</summary>
/// <remarks>Thread-safe; resolved from the host's container. Every verb works before the host has started: what is due then runs when it starts.</remarks>
public interface IBotScheduler
{
    /// <summary>Schedules a bot.</summary>
    /// <param name="request">What is wanted.</param>
    /// <param name="cancellationToken">Gives up waiting; the bot may have been stored.</param>
    /// <returns>The bot, whether it is new, and whether it is expected on time.</returns>
    /// <exception cref="ArgumentException">The request breaks a rule; the message says which.</exception>
    /// <exception cref="LeadTimeTooShortException">The lead time is shorter than the configured minimum.</exception>
    /// <exception cref="DeduplicationConflictException">An unsettled bot has the same key or id but was requested differently.</exception>
    /// <exception cref="ObjectDisposedException">The scheduler has been disposed.</exception>
    Task<ScheduleResult> ScheduleAsync(BotRequest request, CancellationToken cancellationToken = default);

    /// <summary>Moves a scheduled bot to another instant. Once this returned, the bot can never join at the old one.</summary>
    /// <param name="id">The bot.</param>
    /// <param name="joinAt">The new due instant, under the same rules as on create.</param>
    /// <param name="cancellationToken">Gives up waiting; the change may have been made.</param>
    /// <returns>The bot as it is now.</returns>
    /// <exception cref="ArgumentException">The instant breaks a rule; the message says which.</exception>
    /// <exception cref="LeadTimeTooShortException">The lead time is shorter than the configured minimum.</exception>
    /// <exception cref="BotNotFoundException">There is no such bot.</exception>
    /// <exception cref="BotStateConflictException">The bot is no longer scheduled.</exception>
    /// <exception cref="ObjectDisposedException">The scheduler has been disposed.</exception>
    Task<Bot> RescheduleAsync(BotId id, DateTimeOffset joinAt, CancellationToken cancellationToken = default);

    /// <summary>Calls a scheduled bot off, for good. Once this returned, the bot can never join.</summary>
    /// <param name="id">The bot.</param>
    /// <param name="cancellationToken">Gives up waiting; the bot may have been cancelled.</param>
    /// <returns>The cancelled bot.</returns>
    /// <exception cref="BotNotFoundException">There is no such bot.</exception>
    /// <exception cref="BotStateConflictException">The bot is no longer scheduled; <see cref="AbortAsync"/> stops a staged one.</exception>
    /// <exception cref="ObjectDisposedException">The scheduler has been disposed.</exception>
    Task<Bot> CancelAsync(BotId id, CancellationToken cancellationToken = default);

    /// <summary>Stops a staged bot that is not armed yet; its resources are released. Once this returned, the bot can never join.</summary>
    /// <param name="id">The bot.</param>
    /// <param name="cancellationToken">Gives up waiting; the bot may have been stopped.</param>
    /// <returns>The failed bot, its reason <see cref="FailureReason.Aborted"/>.</returns>
    /// <exception cref="BotNotFoundException">There is no such bot.</exception>
    /// <exception cref="BotStateConflictException">The bot is not staged, or is about to join.</exception>
    /// <exception cref="ObjectDisposedException">The scheduler has been disposed.</exception>
    Task<Bot> AbortAsync(BotId id, CancellationToken cancellationToken = default);

    /// <summary>Reads a bot.</summary>
    /// <param name="id">The bot.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The bot, or null where there is none, or it was pruned.</returns>
    /// <exception cref="ObjectDisposedException">The scheduler has been disposed.</exception>
    Task<Bot?> FindAsync(BotId id, CancellationToken cancellationToken = default);
}
