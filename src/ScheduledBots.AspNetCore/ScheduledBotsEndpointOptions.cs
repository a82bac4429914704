using Microsoft.AspNetCore.Http;

namespace ScheduledBots.AspNetCore;

/// <summary>How the endpoints reach the scheduler.</summary>
/// <remarks>Set while the endpoints are mapped and read by every request afterwards; not thread-safe while it is changed.</remarks>
public sealed class ScheduledBotsEndpointOptions
{
    /// <summary>The name that the scheduler was added under: <c>AddScheduledBots(name)</c>.</summary>
    /// <value>Default: empty, the scheduler without a name.</value>
    public string SchedulerName { get; set; } = "";

    /// <summary>
    /// Says which tenant a request speaks for, as a rule from its authenticated user: it then sees no bot of another tenant. Null as
    /// its answer, or a text that no tenant can be, refuses the request with 403; empty text is the tenant of bots that have none.
    /// Called for several requests at once.
    /// </summary>
    /// <value>Default: null, there are no tenants, and a request sees every bot.</value>
    public Func<HttpContext, string?>? Tenant { get; set; }
}
