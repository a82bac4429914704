using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace ScheduledBots.Diagnostics;

/// <summary>Gathers what a health check found: the worst finding decides, and every one is said.</summary>
/// <remarks>Not thread-safe; one check, one verdict.</remarks>
internal sealed class HealthVerdict
{
    private readonly List<string> _reasons = [];
    private readonly Dictionary<string, object> _data = [];
    private HealthStatus _status = HealthStatus.Healthy;

    /// <summary>Bots may be late; somebody should look.</summary>
    public void Degraded(string reason) => Add(HealthStatus.Degraded, reason);

    /// <summary>Bots are not joined.</summary>
    public void Unhealthy(string reason) => Add(HealthStatus.Unhealthy, reason);

    /// <summary>Adds a fact for those who look closely; null says nothing.</summary>
    public void Note(string name, object? value)
    {
        if (value is not null)
        {
            _data[name] = value;
        }
    }

    /// <summary>The result for the host.</summary>
    /// <param name="failureStatus">What the host wants to be told where the verdict is unhealthy.</param>
    /// <param name="allWell">What to say where nothing was found.</param>
    public HealthCheckResult ToResult(HealthStatus failureStatus, string allWell) => new(
        _status == HealthStatus.Unhealthy ? failureStatus : _status,
        _reasons.Count > 0 ? string.Join(" ", _reasons) : allWell,
        data: _data);

    private void Add(HealthStatus status, string reason)
    {
        _status = status < _status ? status : _status; // the worse one has the smaller number
        _reasons.Add(reason);
    }
}
