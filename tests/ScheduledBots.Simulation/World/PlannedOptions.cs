using Microsoft.Extensions.Options;
using ScheduledBots.Configuration;

namespace ScheduledBots.Simulation.World;

/// <summary>The options of the plan, whatever the name.</summary>
internal sealed class PlannedOptions(ScheduledBotsOptions options) : IOptionsMonitor<ScheduledBotsOptions>
{
    public ScheduledBotsOptions CurrentValue => options;

    public ScheduledBotsOptions Get(string? name) => options;

    public IDisposable? OnChange(Action<ScheduledBotsOptions, string?> listener) => null;
}
