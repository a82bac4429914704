using Microsoft.Extensions.Logging;
using ScheduledBots.Extensibility;
using ScheduledBots.Lifecycle;
using ScheduledBots.Storage;

namespace ScheduledBots.Diagnostics;

/// <summary>
/// The one place where events originate: whatever the store has written is told here once, to the metrics, the log and
/// the observers.
/// </summary>
/// <remarks>Thread-safe. Metrics and log are told at once; observers in the order of each bot, on their own threads.</remarks>
internal sealed class BotEvents : IDisposable
{
    private readonly string _scheduler;
    private readonly SchedulerMetrics _metrics;
    private readonly ILogger _log;
    private readonly ObserverPump[] _pumps;
    private readonly EventOrder? _order;

    public BotEvents(string scheduler, SchedulerMetrics metrics, IEnumerable<IBotObserver> observers, ILogger log)
    {
        _scheduler = scheduler;
        _metrics = metrics;
        _log = log;
        _pumps = [.. observers.Select(observer => new ObserverPump(observer, metrics, log))];
        _order = _pumps.Length > 0 ? new EventOrder(Deliver) : null;
    }

    /// <summary>A write is about to be sent; it must be ended by one of the other calls.</summary>
    /// <returns>Its ticket.</returns>
    public long Begin() => _order?.Begin() ?? 0;

    /// <summary>The write failed: nobody knows what was written, so nothing is told.</summary>
    public void Failed(long ticket) => End(ticket, []);

    /// <summary>Bots were inserted, or found to exist.</summary>
    public void Inserted(long ticket, IReadOnlyList<InsertOutcome> outcomes)
    {
        // The events of a host that schedules a million bots are made only where somebody hears them.
        if (_order is not null || _metrics.CountsScheduled || _log.IsEnabled(LogLevel.Debug))
        {
            End(ticket, [.. outcomes.Where(outcome => outcome.Inserted).Select(outcome => BotEventMap.Inserted(_scheduler, outcome.Bot))]);
        }
    }

    /// <summary>A caller's change was applied or refused.</summary>
    public void Changed(long ticket, BotChange change, ChangeOutcome outcome) =>
        End(ticket, outcome.Verdict == ChangeVerdict.Applied ? [BotEventMap.Changed(_scheduler, change, outcome.Bot!)] : []);

    /// <summary>A bot was erased, or not.</summary>
    public void Erased(long ticket, ChangeOutcome outcome, DateTimeOffset at) =>
        End(ticket, outcome is { Verdict: ChangeVerdict.Applied, Bot: { } bot } ? [BotEventMap.Erased(_scheduler, bot, at)] : []);

    /// <summary>Bots were claimed.</summary>
    public void Claimed(long ticket, ClaimOutcome outcome, DateTimeOffset at) =>
        End(ticket, [.. outcome.Bots.Select(bot => BotEventMap.Claimed(_scheduler, bot, at))]);

    /// <summary>Bots of lost owners were taken over.</summary>
    public void Adopted(long ticket, IReadOnlyList<BotSnapshot> bots, DateTimeOffset at) =>
        End(ticket, [.. bots.Select(bot => BotEventMap.Adopted(_scheduler, bot, at))]);

    /// <summary>Bots were armed.</summary>
    public void Armed(long ticket, IReadOnlyList<BotSnapshot> bots, DateTimeOffset at) =>
        End(ticket, [.. bots.Select(bot => BotEventMap.Armed(_scheduler, bot, at))]);

    /// <summary>Transitions were written or fenced.</summary>
    public void Committed(long ticket, IReadOnlyList<BotCommit> commits, IReadOnlyList<CommitOutcome> outcomes)
    {
        var events = new List<BotEvent>(commits.Count);
        for (int i = 0; i < commits.Count; i++)
        {
            if (outcomes[i] == CommitOutcome.Applied)
            {
                events.AddRange(BotEventMap.Committed(_scheduler, commits[i]));
                continue;
            }

            _metrics.WriteFenced();
            if (BotEventMap.Fenced(_scheduler, commits[i]) is { } suspicion)
            {
                events.Add(suspicion);
            }
        }

        End(ticket, events);
    }

    /// <summary>A transition whose answer was lost was read back and found written.</summary>
    public void ReadBack(BotCommit commit) => Committed(Begin(), [commit], [CommitOutcome.Applied]);

    /// <summary>Delivers what is queued to observers that take it in time.</summary>
    public void Dispose()
    {
        foreach (ObserverPump pump in _pumps)
        {
            pump.Close();
        }

        foreach (ObserverPump pump in _pumps)
        {
            pump.Dispose();
        }
    }

    private void End(long ticket, IReadOnlyList<BotEvent> events)
    {
        foreach (BotEvent botEvent in events)
        {
            Tell(botEvent);
        }

        _order?.End(ticket, events);
    }

    private void Tell(BotEvent botEvent)
    {
        try
        {
            _metrics.Happened(botEvent);
            EventLog.Write(_log, botEvent);
        }
        catch (Exception)
        {
            // A log or a listener that throws must not make a write look failed that was applied.
        }
    }

    private void Deliver(BotEvent botEvent)
    {
        foreach (ObserverPump pump in _pumps)
        {
            pump.Post(botEvent);
        }
    }
}
