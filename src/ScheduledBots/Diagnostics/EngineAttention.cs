using Microsoft.Extensions.Logging;
using ScheduledBots.Execution;
using ScheduledBots.Timing;

namespace ScheduledBots.Diagnostics;

/// <summary>
/// Looks, after each turn of the loop, at what nobody would notice otherwise: a wall clock that stepped and worker
/// threads that are all blocked. Each condition is said in the log once when it begins and once when it ends.
/// </summary>
/// <remarks>
/// <see cref="Look"/> is called by the loop alone. While a condition lasts, a timer looks again, because a blocked
/// engine may have no turn; while none does, nothing ticks.
/// </remarks>
internal sealed class EngineAttention : IDisposable
{
    /// <summary>How often a condition that lasts is looked at again, and how long threads are blocked before it is said.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private readonly EngineVitals _vitals;
    private readonly ILogger _log;
    private readonly ITimer _timer;
    private readonly Lock _lock = new();
    private readonly Dictionary<WorkerThreads, int> _saturatedLooks = [];
    private int _stepsSaid;
    private bool _clampSaid;
    private bool _isTicking;

    public EngineAttention(EngineVitals vitals, TimeProvider timeProvider, ILogger log)
    {
        _vitals = vitals;
        _log = log;
        _timer = timeProvider.CreateTimer(_ => LookAgain(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Looks once; cheap while all is well.</summary>
    public void Look()
    {
        if (_vitals.Clock.StepCount != _stepsSaid || _vitals.Clock.IsClamped || _vitals.Workers.Any(workers => workers.IsSaturated))
        {
            lock (_lock)
            {
                SayClock();
                Tick();
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _timer.Dispose();

    private void LookAgain()
    {
        try
        {
            lock (_lock)
            {
                _isTicking = false;
                _vitals.Clock.Read();
                SayClock();
                bool anySaturated = false;
                foreach (WorkerThreads workers in _vitals.Workers)
                {
                    anySaturated |= SayWorkers(workers);
                }

                if (anySaturated || _vitals.Clock.IsClamped)
                {
                    Tick();
                }
            }
        }
        catch (Exception)
        {
            // A log that throws must not end the process from a timer.
        }
    }

    private void Tick()
    {
        if (!_isTicking)
        {
            _isTicking = true;
            _timer.Change(Interval, Timeout.InfiniteTimeSpan);
        }
    }

    private void SayClock()
    {
        EngineClock clock = _vitals.Clock;
        if (clock.StepCount != _stepsSaid)
        {
            _stepsSaid = clock.StepCount;
            _clampSaid = true;
            Log.ClockStepped(_log, clock.LastStep, TrustedClock.StandingTime);
        }
        else if (_clampSaid && !clock.IsClamped)
        {
            _clampSaid = false;
            Log.ClockFollowed(_log);
        }
    }

    /// <summary>Said at the second look: for a moment all threads are busy in every herd.</summary>
    /// <returns>Whether it lasts.</returns>
    private bool SayWorkers(WorkerThreads workers)
    {
        int looks = _saturatedLooks.GetValueOrDefault(workers);
        if (workers.IsSaturated)
        {
            _saturatedLooks[workers] = looks + 1;
            if (looks == 1)
            {
                Log.WorkersSaturated(_log, workers.Name, workers.MaxThreads);
            }

            return true;
        }

        _saturatedLooks[workers] = 0;
        if (looks > 1)
        {
            Log.WorkersFree(_log, workers.Name);
        }

        return false;
    }
}
