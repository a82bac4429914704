using ScheduledBots.Lifecycle;
using ScheduledBots.Storage;

namespace ScheduledBots.Face;

/// <summary>Whose bots a face sees: those of one tenant, or all where the tenant is null.</summary>
internal readonly record struct TenantScope(string? Tenant)
{
    /// <summary>A face of one tenant within this one.</summary>
    public TenantScope Of(string tenant)
    {
        RequestRules.CheckTenant(tenant);
        return Tenant is null || Tenant == tenant ? new TenantScope(tenant) : throw OtherTenant();
    }

    public bool Sees(BotSnapshot bot) => Tenant is null || bot.Tenant == Tenant;

    /// <summary>The request as one of this tenant's.</summary>
    public BotRequest Own(BotRequest request)
    {
        if (Tenant is null || request.Tenant == Tenant)
        {
            return request;
        }

        // Empty is what a request has whose tenant nobody named.
        return request.Tenant is "" ? request with { Tenant = Tenant } : throw OtherTenant();
    }

    /// <summary>The tenant to list.</summary>
    public string? Own(BotFilter filter) =>
        Tenant is null || filter.Tenant == Tenant || filter.Tenant is null ? Tenant ?? filter.Tenant : throw OtherTenant();

    /// <summary>The change as one that only a bot of this tenant is found for.</summary>
    public BotChange Own(BotChange change) => change with { Tenant = Tenant };

    private static ArgumentException OtherTenant() =>
        RequestRules.Refusal(
            nameof(BotRequest.Tenant), "Tenant is another than the one this face was made for with ForTenant; leave it out, or ask for that tenant's face.");
}
