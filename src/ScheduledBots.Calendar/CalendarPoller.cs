using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace ScheduledBots.Calendar;

/// <summary>Syncs one feed for as long as its host runs. A sync that fails is logged and tried again after the interval.</summary>
internal sealed partial class CalendarPoller(string feed, Func<CalendarSync> makeSync, Func<CalendarFeedOptions> readOptions, TimeProvider time, ILogger log)
    : BackgroundService
{
    private CalendarSync? _sync;

    /// <summary>
    /// Makes the sync only now: a host makes its services before it validates options, and what is wrong with one feed would be said
    /// before, and instead of, what is wrong with all.
    /// </summary>
    public override Task StartAsync(CancellationToken cancellationToken)
    {
        _sync = makeSync();
        return base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        TimeSpan interval = readOptions().PollInterval;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                Tell(await _sync!.SyncAsync(stoppingToken).ConfigureAwait(false));
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (CalendarFeedException error)
            {
                NotRead(log, feed, error.Message, interval);
            }
            catch (Exception error)
            {
                // A store that is down, a rule of the host that throws: its words may be secrets.
                Failed(log, feed, error.GetType().Name, interval);
            }

            try
            {
                await Task.Delay(interval, time, stoppingToken).ConfigureAwait(false);
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }

    private void Tell(CalendarSyncReport report)
    {
        Synced(log, feed, report);
        foreach (CalendarRefusal refusal in report.Refusals)
        {
            Refused(log, feed, refusal.Change, refusal.BotId?.ToString() ?? "none", refusal.Error.GetType().Name);
        }
    }

    [LoggerMessage(1, LogLevel.Information, "Calendar feed {Feed} is in step: {Report}")]
    private static partial void Synced(ILogger log, string feed, CalendarSyncReport report);

    [LoggerMessage(2, LogLevel.Warning, "Calendar feed {Feed} wanted to {Change} bot {BotId}, which was refused ({Reason}); the next sync tries again")]
    private static partial void Refused(ILogger log, string feed, CalendarChange change, string botId, string reason);

    [LoggerMessage(3, LogLevel.Warning, "Calendar feed {Feed} was not read and no bot was touched: {Reason} It is tried again in {Interval}")]
    private static partial void NotRead(ILogger log, string feed, string reason, TimeSpan interval);

    [LoggerMessage(4, LogLevel.Error, "Calendar feed {Feed} was not synced ({Reason}); it is tried again in {Interval}")]
    private static partial void Failed(ILogger log, string feed, string reason, TimeSpan interval);
}
