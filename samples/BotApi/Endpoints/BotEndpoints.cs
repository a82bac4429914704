using BotApi.Contracts;
using BotApi.Problems;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using ScheduledBots;
using ScheduledBots.Lifecycle;

namespace BotApi.Endpoints;

/// <summary>The four verbs over HTTP. They only translate: every rule is the library's, every refusal is <see cref="BotProblemFilter"/>'s.</summary>
internal static class BotEndpoints
{
    public static RouteGroupBuilder MapBots(this IEndpointRouteBuilder routes)
    {
        RouteGroupBuilder bots = routes.MapGroup("/api/v1/bots");
        bots.AddEndpointFilter(new BotProblemFilter()).WithMetadata(new RequestSizeLimitAttribute(JsonBody.MaxBytes));
        bots.MapPost("/", CreateAsync);
        bots.MapGet("/{id}", FindAsync);
        bots.MapPatch("/{id}", UpdateAsync);
        bots.MapDelete("/{id}", CancelAsync);
        return bots;
    }

    /// <summary>201 for a new bot; 200 for the one that the same request made before, under its deduplication key.</summary>
    private static async Task<JsonHttpResult<BotView>> CreateAsync(
        HttpContext context, IBotScheduler scheduler, TimeProvider time, CancellationToken cancellationToken)
    {
        CreateBotBody body = await JsonBody.ReadAsync(context.Request, BotJson.Default.CreateBotBody, cancellationToken);
        ScheduleResult result = await scheduler.ScheduleAsync(body.ToRequest(), cancellationToken);
        context.Response.Headers.Location = $"{context.Request.PathBase}{context.Request.Path.Value!.TrimEnd('/')}/{result.Bot.Id}";
        return Json(BotView.Of(result, time.GetUtcNow()), result.Created ? StatusCodes.Status201Created : StatusCodes.Status200OK);
    }

    private static async Task<JsonHttpResult<BotView>> FindAsync(
        string id, IBotScheduler scheduler, TimeProvider time, CancellationToken cancellationToken)
    {
        BotId known = ReadId(id);
        Bot bot = await scheduler.FindAsync(known, cancellationToken) ?? throw new BotNotFoundException(known);
        return Json(BotView.Of(bot, time.GetUtcNow()));
    }

    /// <summary>Metadata at any time; the rest only while the bot is scheduled.</summary>
    private static async Task<JsonHttpResult<BotView>> UpdateAsync(
        string id, HttpRequest request, IBotScheduler scheduler, TimeProvider time, CancellationToken cancellationToken)
    {
        BotId known = ReadId(id);
        UpdateBotBody body = await JsonBody.ReadAsync(request, BotJson.Default.UpdateBotBody, cancellationToken);
        Bot bot = await scheduler.UpdateAsync(known, body.ToUpdate(), cancellationToken: cancellationToken);
        return Json(BotView.Of(bot, time.GetUtcNow()));
    }

    /// <summary>The answer is the cancelled bot, which stays readable until it is pruned.</summary>
    private static async Task<JsonHttpResult<BotView>> CancelAsync(
        string id, IBotScheduler scheduler, TimeProvider time, CancellationToken cancellationToken)
    {
        Bot bot = await scheduler.CancelAsync(ReadId(id), cancellationToken);
        return Json(BotView.Of(bot, time.GetUtcNow()));
    }

    /// <summary>What is no id is the id of no bot.</summary>
    private static BotId ReadId(string id) => BotId.TryParse(id, null, out BotId known) ? known : throw new BotNotFoundException(default);

    private static JsonHttpResult<BotView> Json(BotView bot, int status = StatusCodes.Status200OK) =>
        TypedResults.Json(bot, BotJson.Default.BotView, statusCode: status);
}
