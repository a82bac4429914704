using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace ScheduledBots.AspNetCore.Endpoints;

/// <summary>The scheduler as the tenant of a request sees it.</summary>
internal sealed class SchedulerOfRequest(ScheduledBotsEndpointOptions options)
{
    /// <exception cref="TenantRefusedException">The host names no tenant for the request, or one that cannot be.</exception>
    public IBotScheduler Of(HttpContext context) => Of(context, out _);

    /// <param name="context">The request.</param>
    /// <param name="tenant">Its tenant; null where there are none, and the request sees every bot.</param>
    /// <exception cref="TenantRefusedException">The host names no tenant for the request, or one that cannot be.</exception>
    public IBotScheduler Of(HttpContext context, out string? tenant)
    {
        tenant = null;
        IBotScheduler all = context.RequestServices.GetRequiredKeyedService<IBotScheduler>(options.SchedulerName);
        if (options.Tenant is null)
        {
            return all;
        }

        tenant = options.Tenant(context) ?? throw new TenantRefusedException();
        try
        {
            return all.ForTenant(tenant);
        }
        catch (ArgumentException)
        {
            // As a rule it comes from a claim or a header: a wrong one is the caller's, and no fault of the service.
            throw new TenantRefusedException();
        }
    }
}
