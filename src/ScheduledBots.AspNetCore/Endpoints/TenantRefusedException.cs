namespace ScheduledBots.AspNetCore.Endpoints;

/// <summary>A request speaks for no tenant; becomes a 403 that does not say which were possible.</summary>
internal sealed class TenantRefusedException() : Exception("The request speaks for no tenant of this service.");
