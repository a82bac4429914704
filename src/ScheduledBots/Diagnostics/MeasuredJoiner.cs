using System.Diagnostics;
using ScheduledBots.Execution;
using ScheduledBots.Extensibility;

namespace ScheduledBots.Diagnostics;

/// <summary>The host's joiner as the engine sees it: the same call, with a span around it, measured at its entry.</summary>
/// <remarks>
/// The instant is the joiner's: before it is called the clock is read, and that only while somebody listens; everything
/// is recorded after. The one exception is a span that a listener asked for: it must be begun before, or the spans the
/// joiner makes would not belong to it.
/// </remarks>
internal sealed class MeasuredJoiner(ActivitySource source, string scheduler, IMeetingJoiner joiner, SchedulerMetrics metrics, EngineClock clock)
    : IMeetingJoiner
{
    /// <inheritdoc/>
    public Task<JoinResult> JoinAsync(JoinAttempt attempt, CancellationToken cancellationToken) =>
        source.HasListeners() || metrics.MeasuresJoins
            ? MeasureAsync(attempt, cancellationToken)
            : joiner.JoinAsync(attempt, cancellationToken);

    private async Task<JoinResult> MeasureAsync(JoinAttempt attempt, CancellationToken cancellationToken)
    {
        using Activity? activity = SchedulerActivity.StartJoin(source, scheduler, attempt);
        long begun = metrics.BeginJoin();
        DateTimeOffset? enteredAt = metrics.MeasuresJoinEntry ? clock.Now : null;
        JoinResult? result = null;
        string? errorType = null;
        try
        {
            Task<JoinResult>? joining = HostCode.Begin(() => joiner.JoinAsync(attempt, cancellationToken));
            Entered(attempt, ref enteredAt);
            result = joining is null ? null : await joining;
            return result!; // null is an answer the engine knows
        }
        catch (Exception error)
        {
            errorType = error.GetType().Name;
            throw;
        }
        finally
        {
            Entered(attempt, ref enteredAt);
            Ended(activity, begun, result, errorType);
        }
    }

    /// <summary>Recorded once: right after the call, or where it threw before it returned its task.</summary>
    private void Entered(JoinAttempt attempt, ref DateTimeOffset? enteredAt)
    {
        if (enteredAt is { } at)
        {
            metrics.JoinEntered(attempt.Bot, at);
            enteredAt = null;
        }
    }

    private void Ended(Activity? activity, long begun, JoinResult? result, string? errorType)
    {
        metrics.JoinEnded(begun, result?.Outcome, errorType);
        activity?.SetTag("scheduledbots.join.outcome", (result?.Outcome ?? JoinOutcome.Failed).ToString());
        if (errorType is not null)
        {
            SchedulerActivity.Fail(activity, errorType);
        }
        else if (result?.Outcome != JoinOutcome.Joined)
        {
            activity?.SetStatus(ActivityStatusCode.Error);
        }
    }
}
