using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.DependencyInjection;
using ScheduledBots.AspNetCore.Contracts;
using ScheduledBots.AspNetCore.Problems;
using ScheduledBots.Lifecycle;

namespace ScheduledBots.AspNetCore.Endpoints;

/// <summary>The verbs over HTTP. They only translate: every rule is the library's, every refusal is <see cref="BotProblemFilter"/>'s.</summary>
internal sealed class BotEndpoints(SchedulerOfRequest schedulers)
{
    /// <summary>201 for a new bot; 200 for the one that the same request made before, under its deduplication key.</summary>
    public async Task<IResult> CreateAsync(HttpContext context, CancellationToken cancellationToken)
    {
        IBotScheduler scheduler = schedulers.Of(context);
        CreateBotBody body = await JsonBody.ReadAsync(context.Request, BotJson.Default.CreateBotBody, cancellationToken);
        ScheduleResult result = await scheduler.ScheduleAsync(body.ToRequest(), cancellationToken);
        context.Response.Headers.Location = $"{context.Request.PathBase}{context.Request.Path.Value!.TrimEnd('/')}/{result.Bot.Id}";
        DateTimeOffset now = Now(context);
        context.Response.Headers.ETag = BotETag.Of(result.Bot, now);
        return Json(BotView.Of(result, now), BotJson.Default.BotView, result.Created ? StatusCodes.Status201Created : StatusCodes.Status200OK);
    }

    public async Task<IResult> ListAsync(HttpContext context, CancellationToken cancellationToken)
    {
        BotPage page = await schedulers.Of(context).ListAsync(BotListQuery.Read(context.Request.Query), cancellationToken);
        return Json(BotListView.Of(page, Now(context)), BotJson.Default.BotListView);
    }

    /// <summary>304 where the caller has the bot as it is.</summary>
    public async Task<IResult> FindAsync(HttpContext context, string id, CancellationToken cancellationToken)
    {
        BotId known = ReadId(id);
        Bot bot = await schedulers.Of(context).FindAsync(known, cancellationToken) ?? throw new BotNotFoundException(known);
        DateTimeOffset now = Now(context);
        string tag = BotETag.Of(bot, now);
        context.Response.Headers.ETag = tag;
        return BotETag.IsKnown(context.Request, tag)
            ? TypedResults.StatusCode(StatusCodes.Status304NotModified)
            : Json(BotView.Of(bot, now), BotJson.Default.BotView);
    }

    /// <summary>Metadata at any time; the rest only while the bot is scheduled.</summary>
    public async Task<IResult> UpdateAsync(HttpContext context, string id, CancellationToken cancellationToken)
    {
        BotId known = ReadId(id);
        long? expected = BotETag.Expected(context.Request);
        IBotScheduler scheduler = schedulers.Of(context);
        UpdateBotBody body = await JsonBody.ReadAsync(context.Request, BotJson.Default.UpdateBotBody, cancellationToken);
        return Changed(context, await scheduler.UpdateAsync(known, body.ToUpdate(), expected, cancellationToken));
    }

    /// <summary>The answer is the cancelled bot, which stays readable until it is pruned.</summary>
    public async Task<IResult> CancelAsync(HttpContext context, string id, CancellationToken cancellationToken)
    {
        BotId known = ReadId(id);
        long? expected = BotETag.Expected(context.Request);
        return Changed(context, await schedulers.Of(context).CancelAsync(known, expected, cancellationToken));
    }

    public async Task<IResult> HistoryAsync(HttpContext context, string id, CancellationToken cancellationToken) =>
        Json(HistoryView.Of(await schedulers.Of(context).HistoryAsync(ReadId(id), cancellationToken)), BotJson.Default.HistoryView);

    /// <summary>What is no id is the id of no bot.</summary>
    private static BotId ReadId(string id) => BotId.TryParse(id, null, out BotId known) ? known : throw new BotNotFoundException(default);

    private static DateTimeOffset Now(HttpContext context) => context.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow();

    private static JsonHttpResult<BotView> Changed(HttpContext context, Bot bot)
    {
        DateTimeOffset now = Now(context);
        context.Response.Headers.ETag = BotETag.Of(bot, now);
        return Json(BotView.Of(bot, now), BotJson.Default.BotView);
    }

    private static JsonHttpResult<T> Json<T>(T value, JsonTypeInfo<T> type, int status = StatusCodes.Status200OK) =>
        TypedResults.Json(value, type, statusCode: status);
}
