using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using ScheduledBots.AspNetCore.Contracts;
using ScheduledBots.AspNetCore.Endpoints;
using ScheduledBots.AspNetCore.Problems;
using ScheduledBots.Lifecycle;

namespace ScheduledBots.AspNetCore.Page;

/// <summary>
/// What the page asks its server: its files, the stream of what happens, lists and bots, and the two changes. Every rule is the library's,
/// as over the public endpoints; these calls are the page's own and may change with it.
/// </summary>
internal sealed class PageEndpoints(ScheduledBotsEndpointOptions options, PageEvents events)
{
    /// <summary>The most bots of one answer; the page loads more when it is asked to.</summary>
    private const int MaxListed = 100;

    private readonly SchedulerOfRequest _schedulers = new(options);

    public void Map(RouteGroupBuilder page)
    {
        page.MapGet("/", Index);
        page.MapGet("/assets/{name}", PageAssets.Send);

        RouteGroupBuilder data = page.MapGroup("/data");
        data.AddEndpointFilter(new BotProblemFilter());
        data.MapGet("/session", Session);
        data.MapGet("/events", EventsAsync);
        data.MapGet("/bots", ListAsync);
        data.MapGet("/bots/{id}", FindAsync);

        RouteGroupBuilder changes = data.MapGroup("/bots/{id}");
        changes.AddEndpointFilter(new PageAntiforgery());
        changes.MapPost("/reschedule", RescheduleAsync);
        changes.MapPost("/cancel", CancelAsync);
    }

    /// <summary>The files are named relative to the page, which therefore ends in a slash.</summary>
    private static IResult Index(HttpContext context)
    {
        string path = context.Request.Path.Value ?? "";
        return path.EndsWith('/')
            ? PageAssets.SendIndex()
            : TypedResults.Redirect($"./{Uri.EscapeDataString(path[(path.LastIndexOf('/') + 1)..])}/{context.Request.QueryString.ToUriComponent()}");
    }

    private JsonHttpResult<PageSessionView> Session(HttpContext context, IAntiforgery antiforgery)
    {
        AntiforgeryTokenSet tokens = antiforgery.GetAndStoreTokens(context);
        return Json(
            new PageSessionView { Scheduler = options.SchedulerName, HeaderName = tokens.HeaderName ?? "", Token = tokens.RequestToken ?? "" },
            PageJson.Default.PageSessionView);
    }

    /// <summary>The stream; it ends before the host does, which would wait for it.</summary>
    private async Task<IResult> EventsAsync(HttpContext context, IHostApplicationLifetime lifetime)
    {
        PageRange range = PageRange.Of(context.Request.Query["range"])
            ?? throw new BotInputException("range", $"range is none of {PageRange.Words}.");
        IBotScheduler bots = _schedulers.Of(context, out string? tenant);
        using PageViewer? viewer = events.Open(bots, tenant, range);
        if (viewer is null)
        {
            return BotProblem.OfStatus(
                StatusCodes.Status503ServiceUnavailable, "too_many_pages", $"{PageEvents.MaxViewers} pages are open already; close one of them.");
        }

        await viewer.SendAsync(context, lifetime.ApplicationStopping);
        return TypedResults.Empty;
    }

    private async Task<IResult> ListAsync(HttpContext context, CancellationToken cancellationToken)
    {
        BotFilter filter = BotListQuery.Read(context.Request.Query);
        IBotScheduler bots = _schedulers.Of(context, out string? tenant);
        BotPage page = await bots.ListAsync(filter with { PageSize = Math.Min(filter.PageSize, MaxListed) }, cancellationToken);
        DateTimeOffset now = Now(context);
        return Json(
            new PageListView { Bots = [.. page.Bots.Select(bot => PageBotView.Of(bot, tenant is null, now))], NextCursor = page.NextCursor },
            PageJson.Default.PageListView);
    }

    private async Task<IResult> FindAsync(HttpContext context, string id, CancellationToken cancellationToken)
    {
        BotId known = ReadId(id);
        IBotScheduler bots = _schedulers.Of(context, out string? tenant);
        Bot bot = await bots.FindAsync(known, cancellationToken) ?? throw new BotNotFoundException(known);
        BotExplanation explanation = await bots.ExplainAsync(known, cancellationToken);
        return Json(
            new PageDetailView
            {
                Bot = PageBotView.Of(bot, tenant is null, Now(context)),
                Explanation = explanation.Sentence,
                History = HistoryView.Of(await bots.HistoryAsync(known, cancellationToken)).History,
            },
            PageJson.Default.PageDetailView);
    }

    private async Task<IResult> RescheduleAsync(HttpContext context, string id, CancellationToken cancellationToken)
    {
        BotId known = ReadId(id);
        IBotScheduler bots = _schedulers.Of(context, out string? tenant);
        PageRescheduleBody body = await JsonBody.ReadAsync(context.Request, PageJson.Default.PageRescheduleBody, cancellationToken);
        Bot bot = await bots.RescheduleAsync(known, BotFields.Instant(body.JoinAt), cancellationToken);
        return Json(PageBotView.Of(bot, tenant is null, Now(context)), PageJson.Default.PageBotView);
    }

    private async Task<IResult> CancelAsync(HttpContext context, string id, CancellationToken cancellationToken)
    {
        BotId known = ReadId(id);
        IBotScheduler bots = _schedulers.Of(context, out string? tenant);
        return Json(PageBotView.Of(await bots.CancelAsync(known, cancellationToken: cancellationToken), tenant is null, Now(context)), PageJson.Default.PageBotView);
    }

    /// <summary>What is no id is the id of no bot.</summary>
    private static BotId ReadId(string id) => BotId.TryParse(id, null, out BotId known) ? known : throw new BotNotFoundException(default);

    private static DateTimeOffset Now(HttpContext context) => context.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow();

    private static JsonHttpResult<T> Json<T>(T value, JsonTypeInfo<T> type) => TypedResults.Json(value, type);
}
