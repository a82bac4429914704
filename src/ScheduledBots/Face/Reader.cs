using ScheduledBots.Execution;
using ScheduledBots.Lifecycle;
using ScheduledBots.Storage;
using ScheduledBots.Timing;

namespace ScheduledBots.Face;

/// <summary>Finds bots, their pages and their history.</summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class Reader(IBotStore store, EngineClock clock)
{
    public async Task<Bot?> FindAsync(BotId id, TenantScope scope, CancellationToken cancellationToken)
    {
        BotSnapshot? found = await store.FindAsync(id, cancellationToken).ConfigureAwait(false);
        return found is not null && scope.Sees(found) ? Bot.FromSnapshot(found) : null;
    }

    public async Task<BotPage> ListAsync(BotFilter filter, TenantScope scope, CancellationToken cancellationToken)
    {
        BotQuery query = ToQuery(filter, scope);
        IReadOnlyList<BotSnapshot> found = await store.ListAsync(query, cancellationToken).ConfigureAwait(false);
        // One more than the page was asked for: whether it is there says whether there is a next page.
        Bot[] bots = [.. found.Take(filter.PageSize).Select(Bot.FromSnapshot)];
        string? next = found.Count > bots.Length ? PageCursor.Write(new BotQueryPosition(bots[^1].JoinAt, bots[^1].Id), query) : null;
        return new BotPage(bots, next);
    }

    public async Task<IReadOnlyList<BotHistoryLine>> HistoryAsync(BotId id, TenantScope scope, CancellationToken cancellationToken)
    {
        _ = await FindAsync(id, scope, cancellationToken).ConfigureAwait(false) ?? throw new BotNotFoundException(id);
        return await store.HistoryAsync(id, cancellationToken).ConfigureAwait(false);
    }

    private BotQuery ToQuery(BotFilter filter, TenantScope scope)
    {
        ArgumentNullException.ThrowIfNull(filter);
        if (filter.PageSize is < 1 or > BotFilter.MaxPageSize)
        {
            throw RequestRules.OutOfRange(nameof(filter.PageSize), $"PageSize is {filter.PageSize}; it must be from 1 to {BotFilter.MaxPageSize}.");
        }

        if (filter.Status is { } status && !Enum.IsDefined(status))
        {
            throw RequestRules.OutOfRange(nameof(filter.Status), $"Status is {(int)status}; known are 0 to 5.");
        }

        if (filter.Tenant is { } tenant)
        {
            RequestRules.CheckTenant(tenant);
        }

        var query = new BotQuery
        {
            Status = filter.Status,
            Now = clock.Now,
            Tenant = scope.Own(filter),
            // Bots are due at whole microseconds, so rounding up leaves out none and lets none in.
            From = filter.From is { } from ? TickScale.RoundUp(from) : null,
            Until = filter.Until is { } until ? TickScale.RoundUp(until) : null,
            Limit = filter.PageSize + 1,
        };
        return filter.Cursor is { } cursor ? query with { After = PageCursor.Read(cursor, query) } : query;
    }
}
