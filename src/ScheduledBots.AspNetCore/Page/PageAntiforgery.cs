using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using ScheduledBots.AspNetCore.Problems;

namespace ScheduledBots.AspNetCore.Page;

/// <summary>Lets a change pass only with the antiforgery token that the page itself was given: a link of somebody else cancels nothing.</summary>
internal sealed class PageAntiforgery : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next) =>
        await context.HttpContext.RequestServices.GetRequiredService<IAntiforgery>().IsRequestValidAsync(context.HttpContext)
            ? await next(context)
            : BotProblem.OfStatus(
                StatusCodes.Status400BadRequest, "antiforgery_failed", "The change carries no valid antiforgery token. Load the page again.");
}
