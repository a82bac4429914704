using ScheduledBots.Storage;

namespace ScheduledBots.Diagnostics;

/// <summary>When the store last answered and when it last failed, and which nodes it told of.</summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class StoreVitals(TimeProvider timeProvider) : INodeDirectory
{
    private volatile Report? _lastSuccess;
    private volatile Report? _lastError;
    private volatile IReadOnlyList<NodeRow> _nodes = [];

    /// <inheritdoc/>
    public IReadOnlyList<NodeRow> Nodes => _nodes;

    /// <summary>How long ago the store last answered, or null.</summary>
    public TimeSpan? SinceSuccess => Since(_lastSuccess);

    /// <summary>How long ago the store last failed, or null.</summary>
    public TimeSpan? SinceError => Since(_lastError);

    /// <summary>The type of the last error, or null.</summary>
    public string? LastErrorType => _lastError?.ErrorType;

    /// <summary>A call was answered.</summary>
    public void Succeeded() => _lastSuccess = new Report(timeProvider.GetTimestamp(), null);

    /// <summary>A call failed.</summary>
    public void Failed(string errorType) => _lastError = new Report(timeProvider.GetTimestamp(), errorType);

    /// <summary>A beat was answered.</summary>
    public void Met(IReadOnlyList<NodeRow> nodes) => _nodes = nodes;

    private TimeSpan? Since(Report? report) => report is null ? null : timeProvider.GetElapsedTime(report.Timestamp);

    private sealed record Report(long Timestamp, string? ErrorType);
}
