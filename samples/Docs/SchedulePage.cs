using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Docs;

/// <summary>The code of docs/page.md.</summary>
internal static class SchedulePage
{
    public static void Add(WebApplicationBuilder builder)
    {
        builder.Services.AddScheduledBots()
            .UseInMemoryStorage()
            .UseResourceAllocator<MachineAllocator>()
            .UseMeetingJoiner<MachineJoiner>()
            .AddSchedulePage();
    }

    public static void Map(WebApplication app)
    {
        app.MapScheduledBotsPage("/bots").RequireAuthorization("operators");
    }

    public static void MapForTenants(WebApplication app)
    {
        app.MapScheduledBotsPage("/bots", page => page.Tenant = context => context.User.FindFirst("tenant")?.Value)
            .RequireAuthorization();
    }
}
