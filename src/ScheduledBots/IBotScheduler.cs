using ScheduledBots.Lifecycle;
using ScheduledBots.Storage;

namespace ScheduledBots;

/// <summary>The face of ScheduledBots: schedules bots, changes them while that is possible, and finds them again.</summary>
/// <remarks>
/// <para>Thread-safe; resolved from the host's container. Every verb works before the host has started: what is due then runs
/// when it starts. Every verb that returns a task puts its refusals into the task, and throws
/// <see cref="OperationCanceledException"/> without having done anything when its token is cancelled before it begins.</para>
/// <para>An exception of the store itself (a database that is down) passes through as it is: the outcome is unknown then, and a
/// request with a deduplication key or an id can safely be sent again.</para>
/// </remarks>
public interface IBotScheduler
{
    /// <summary>Schedules a bot.</summary>
    /// <param name="request">What is wanted.</param>
    /// <param name="cancellationToken">Gives up waiting; the bot may have been stored.</param>
    /// <returns>The bot, whether it is new, and whether it is expected on time.</returns>
    /// <exception cref="ArgumentException">The request breaks a rule; the message says which, <c>ParamName</c> is the property of the request.</exception>
    /// <exception cref="LeadTimeTooShortException">The lead time is shorter than the configured minimum.</exception>
    /// <exception cref="DeduplicationConflictException">An unsettled bot has the same key, or a bot that is kept the same id, but was requested differently.</exception>
    /// <exception cref="ObjectDisposedException">The scheduler has been disposed.</exception>
    Task<ScheduleResult> ScheduleAsync(BotRequest request, CancellationToken cancellationToken = default);

    /// <summary>
    /// Schedules many bots: one call of the store for up to 1,000 of them. A bad request is refused alone, and requests that
    /// repeat one another behave as they would one after the other.
    /// </summary>
    /// <param name="requests">What is wanted.</param>
    /// <param name="cancellationToken">Gives up waiting; bots may have been stored.</param>
    /// <returns>One outcome for each request, in the same order: a result, or the exception that <see cref="ScheduleAsync"/> would throw.</returns>
    /// <exception cref="ArgumentNullException">There is no list.</exception>
    /// <exception cref="ObjectDisposedException">The scheduler has been disposed.</exception>
    Task<IReadOnlyList<ScheduleOutcome>> ScheduleManyAsync(IReadOnlyList<BotRequest> requests, CancellationToken cancellationToken = default);

    /// <summary>
    /// Changes a bot: its join instant, URL and name while it is scheduled, its metadata at any time. Once this returned, the bot
    /// can never join as it was before.
    /// </summary>
    /// <param name="id">The bot.</param>
    /// <param name="changes">What to change; what is null stays.</param>
    /// <param name="expectedVersion">The version the caller saw, or null where any will do.</param>
    /// <param name="cancellationToken">Gives up waiting; the change may have been made.</param>
    /// <returns>The bot as it is now.</returns>
    /// <exception cref="ArgumentException">A change breaks a rule, or there is none; the message says which, <c>ParamName</c> is the property of the update.</exception>
    /// <exception cref="LeadTimeTooShortException">The lead time is shorter than the configured minimum.</exception>
    /// <exception cref="BotNotFoundException">There is no such bot.</exception>
    /// <exception cref="BotStateConflictException">The bot is no longer scheduled, and more than its metadata was to change.</exception>
    /// <exception cref="BotVersionConflictException">The bot has another version than the expected one.</exception>
    /// <exception cref="ObjectDisposedException">The scheduler has been disposed.</exception>
    Task<Bot> UpdateAsync(BotId id, BotUpdate changes, long? expectedVersion = null, CancellationToken cancellationToken = default);

    /// <summary>Moves a scheduled bot to another instant: the common update. Once this returned, the bot can never join at the old one.</summary>
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
    /// <param name="expectedVersion">The version the caller saw, or null where any will do.</param>
    /// <param name="cancellationToken">Gives up waiting; the bot may have been cancelled.</param>
    /// <returns>The cancelled bot.</returns>
    /// <exception cref="BotNotFoundException">There is no such bot.</exception>
    /// <exception cref="BotStateConflictException">The bot is no longer scheduled; <see cref="AbortAsync"/> stops a staged one.</exception>
    /// <exception cref="BotVersionConflictException">The bot has another version than the expected one.</exception>
    /// <exception cref="ObjectDisposedException">The scheduler has been disposed.</exception>
    Task<Bot> CancelAsync(BotId id, long? expectedVersion = null, CancellationToken cancellationToken = default);

    /// <summary>
    /// Stops a staged bot that is not armed yet, or not armed again yet after its joiner asked for a retry; its resources are released.
    /// Once this returned, the bot can never join.
    /// </summary>
    /// <param name="id">The bot.</param>
    /// <param name="cancellationToken">Gives up waiting; the bot may have been stopped.</param>
    /// <returns>The failed bot, its reason <see cref="FailureReason.Aborted"/>.</returns>
    /// <exception cref="BotNotFoundException">There is no such bot.</exception>
    /// <exception cref="BotStateConflictException">The bot is not staged, or is about to join.</exception>
    /// <exception cref="ObjectDisposedException">The scheduler has been disposed.</exception>
    Task<Bot> AbortAsync(BotId id, CancellationToken cancellationToken = default);

    /// <summary>Deletes a settled bot with its history at once, before its retention ends.</summary>
    /// <param name="id">The bot.</param>
    /// <param name="cancellationToken">Gives up waiting; the bot may have been deleted.</param>
    /// <returns>A task that ends when the bot is gone.</returns>
    /// <exception cref="BotNotFoundException">There is no such bot.</exception>
    /// <exception cref="BotStateConflictException">The bot is not settled.</exception>
    /// <exception cref="ObjectDisposedException">The scheduler has been disposed.</exception>
    Task EraseAsync(BotId id, CancellationToken cancellationToken = default);

    /// <summary>Reads a bot.</summary>
    /// <param name="id">The bot.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The bot, or null where there is none: never created, another tenant's, erased or pruned.</returns>
    /// <exception cref="ObjectDisposedException">The scheduler has been disposed.</exception>
    Task<Bot?> FindAsync(BotId id, CancellationToken cancellationToken = default);

    /// <summary>Reads one page of bots in the order of (JoinAt, id). <see cref="BotSchedulerExtensions.ListAllAsync"/> walks all pages.</summary>
    /// <param name="filter">Which bots, and where to go on.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The bots, and the cursor of the next page.</returns>
    /// <exception cref="ArgumentException">The filter breaks a rule, or its cursor is not one that this filter's pages gave; <c>ParamName</c> is the property of the filter.</exception>
    /// <exception cref="ObjectDisposedException">The scheduler has been disposed.</exception>
    Task<BotPage> ListAsync(BotFilter filter, CancellationToken cancellationToken = default);

    /// <summary>Reads what happened to a bot, oldest first. Its creation is the bot itself and has no line.</summary>
    /// <param name="id">The bot.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The lines.</returns>
    /// <exception cref="BotNotFoundException">There is no such bot.</exception>
    /// <exception cref="ObjectDisposedException">The scheduler has been disposed.</exception>
    Task<IReadOnlyList<BotHistoryLine>> HistoryAsync(BotId id, CancellationToken cancellationToken = default);

    /// <summary>Answers "why is this bot not staged yet?", and for a staged or settled one where it is instead.</summary>
    /// <param name="id">The bot.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The reason, as a value, as a sentence, and with its instants; true when it was asked.</returns>
    /// <exception cref="BotNotFoundException">There is no such bot.</exception>
    /// <exception cref="ObjectDisposedException">The scheduler has been disposed.</exception>
    Task<BotExplanation> ExplainAsync(BotId id, CancellationToken cancellationToken = default);

    /// <summary>
    /// The same face as one tenant sees it: bots of other tenants are not found, requests without a tenant belong to this one, and
    /// a request or filter that names another is refused. It lives as long as this scheduler; it costs nothing to ask for.
    /// </summary>
    /// <param name="tenant">The tenant; empty for the bots of none.</param>
    /// <returns>A face that sees no other tenant.</returns>
    /// <exception cref="ArgumentException">The tenant is no text that a tenant can be, or this face already sees one and it is another.</exception>
    /// <exception cref="ObjectDisposedException">The scheduler has been disposed.</exception>
    IBotScheduler ForTenant(string tenant);
}
