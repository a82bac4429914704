using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using ScheduledBots.AspNetCore;
using ScheduledBots.AspNetCore.Contracts;
using ScheduledBots.AspNetCore.Endpoints;
using ScheduledBots.AspNetCore.Problems;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Maps bots to HTTP.</summary>
/// <remarks>Used while the application is set up; not thread-safe.</remarks>
public static class ScheduledBotsEndpointRouteBuilderExtensions
{
    private const string Json = "application/json";

    /// <summary>
    /// Any content type reaches the endpoints, which refuse what is not JSON with a problem document; routing would refuse it with an
    /// empty answer.
    /// </summary>
    private const string Any = "*/*";

    /// <summary>
    /// Maps POST, GET, PATCH and DELETE of bots, their list and their history. The endpoints ask nobody who he is: whoever reaches
    /// them can send bots into meetings, so put conventions of the host, such as <c>RequireAuthorization</c>, on what this returns.
    /// </summary>
    /// <param name="endpoints">The application, or a group of its routes.</param>
    /// <param name="prefix">Where the bots are, such as <c>/api/v1/bots</c>.</param>
    /// <param name="configure">Names the scheduler and the tenant of a request; null for the scheduler without a name, and no tenants.</param>
    /// <returns>The group of all endpoints, to put conventions on.</returns>
    /// <exception cref="ArgumentNullException">There is no application, or no prefix.</exception>
    public static RouteGroupBuilder MapScheduledBots(
        this IEndpointRouteBuilder endpoints, string prefix, Action<ScheduledBotsEndpointOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        ArgumentNullException.ThrowIfNull(prefix);
        var options = new ScheduledBotsEndpointOptions();
        configure?.Invoke(options);
        var verbs = new BotEndpoints(new SchedulerOfRequest(options));

        RouteGroupBuilder bots = endpoints.MapGroup(prefix);
        bots.AddEndpointFilter(new BotProblemFilter()).WithMetadata(new RequestSizeLimitAttribute(JsonBody.MaxBytes)).WithTags("Bots");
        Refuses(bots.MapPost("/", verbs.CreateAsync), 400, 409, 413, 415)
            .Accepts<CreateBotBody>(Json, Any).Produces<BotView>(201).Produces<BotView>()
            .WithSummary("Schedules a bot, or finds the one that the same request made before, under its deduplication_key.");
        Refuses(bots.MapGet("/", verbs.ListAsync), 400)
            .Produces<BotListView>().WithSummary("Lists bots by join_at, page by page.");
        Refuses(bots.MapGet("/{id}", verbs.FindAsync), 404)
            .Produces<BotView>().Produces(304).WithSummary("Reads a bot.");
        Refuses(bots.MapPatch("/{id}", verbs.UpdateAsync), 400, 404, 409, 412, 413, 415)
            .Accepts<UpdateBotBody>(Json, Any).Produces<BotView>()
            .WithSummary("Changes join_at, meeting_url and bot_name while the bot is scheduled, metadata at any time.");
        Refuses(bots.MapDelete("/{id}", verbs.CancelAsync), 400, 404, 409, 412)
            .Produces<BotView>().WithSummary("Calls a scheduled bot off, for good.");
        Refuses(bots.MapGet("/{id}/history", verbs.HistoryAsync), 404)
            .Produces<HistoryView>().WithSummary("Reads what happened to a bot, oldest first.");
        return bots;
    }

    private static RouteHandlerBuilder Refuses(RouteHandlerBuilder endpoint, params ReadOnlySpan<int> statuses)
    {
        foreach (int status in statuses)
        {
            endpoint.Produces<ProblemView>(status, BotProblem.ContentType);
        }

        return endpoint;
    }
}
