using Microsoft.AspNetCore.Builder;

namespace Docs;

/// <summary>The code of docs/http.md.</summary>
internal static class HttpFront
{
    public static void Map(WebApplication app)
    {
        app.MapScheduledBots("/api/v1/bots");
    }

    public static void MapForTenants(WebApplication app)
    {
        app.MapScheduledBots("/api/v1/bots", http => http.Tenant = context => context.User.FindFirst("tenant")?.Value)
            .RequireAuthorization();
    }
}
