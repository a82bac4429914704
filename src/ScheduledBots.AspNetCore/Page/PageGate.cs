using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace ScheduledBots.AspNetCore.Page;

/// <summary>
/// Stands before everything of the page. Closed until the host has said who may come in: a page that shows and cancels bots must not be
/// open because somebody forgot a line. Once open it tells browsers to run, load and frame nothing but the page's own files.
/// </summary>
/// <remarks>
/// The answer of a closed page is 404, so that strangers cannot tell it from one that is not there; the log says it to the operator. Who may
/// come in is checked by the host's authorization, which has run before, or, where it is missing, makes the request fail.
/// </remarks>
internal sealed class PageGate(string prefix, ILogger log) : IEndpointFilter
{
    private const string Policy = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self'; "
        + "form-action 'none'; base-uri 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'";

    private int _isSaid;

    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        HttpContext http = context.HttpContext;
        if (!IsOpen(http.GetEndpoint()?.Metadata))
        {
            if (Interlocked.Exchange(ref _isSaid, 1) == 0)
            {
                PageLog.Closed(log, prefix);
            }

            return TypedResults.NotFound();
        }

        Guard(http.Response.Headers);
        return await next(context);
    }

    private static bool IsOpen(EndpointMetadataCollection? metadata) =>
        metadata is not null
        && (metadata.GetMetadata<IAuthorizeData>() is not null
            || metadata.GetMetadata<AuthorizationPolicy>() is not null
            || metadata.GetMetadata<IAllowAnonymous>() is not null);

    private static void Guard(IHeaderDictionary headers)
    {
        headers.ContentSecurityPolicy = Policy;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=()";
        headers.CacheControl = "no-cache, no-store";
    }
}
