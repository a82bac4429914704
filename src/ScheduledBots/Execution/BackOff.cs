using ScheduledBots.Configuration;

namespace ScheduledBots.Execution;

/// <summary>How long to wait before a failed allocation is tried again.</summary>
/// <param name="options">The first and the longest wait.</param>
/// <param name="random">Gives numbers from 0 to 1, from any thread.</param>
internal sealed class BackOff(ScheduledBotsOptions options, Func<double> random)
{
    /// <summary>Doubles with each try up to its limit; the upper half is random, so that bots that failed together part.</summary>
    /// <param name="number">Which try failed, from 1.</param>
    public TimeSpan After(int number)
    {
        double doubled = options.StagingRetryDelay.TotalMilliseconds * Math.Pow(2, Math.Min(number - 1, 30));
        double limited = Math.Min(doubled, options.MaxStagingRetryDelay.TotalMilliseconds);
        return TimeSpan.FromMilliseconds(limited * (0.5 + (random() / 2)));
    }
}
