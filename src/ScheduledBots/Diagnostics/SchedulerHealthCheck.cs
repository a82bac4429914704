using Microsoft.Extensions.Diagnostics.HealthChecks;
using ScheduledBots.Configuration;
using ScheduledBots.Execution;
using ScheduledBots.Lifecycle;
using ScheduledBots.Storage;

namespace ScheduledBots.Diagnostics;

/// <summary>
/// Says whether bots join in time. Unhealthy means that bots are not joined: the store does not answer, the loop stands
/// still, the engine has stopped, or a bot is overdue past its grace. Degraded means that bots may be late.
/// </summary>
/// <remarks>Thread-safe. Reads two short pages from the store and what the engine shows of itself; it changes nothing.</remarks>
internal sealed class SchedulerHealthCheck(
    IBotStore store, SchedulerTelemetry telemetry, ScheduledBotsOptions options, TimeProvider timeProvider) : IHealthCheck
{
    /// <summary>A bot that is later than this is said.</summary>
    public static readonly TimeSpan OverdueTolerance = TimeSpan.FromSeconds(5);

    /// <summary>How long past its deadline the loop may be.</summary>
    public static readonly TimeSpan LoopTolerance = TimeSpan.FromSeconds(2);

    /// <summary>How long the store may take to answer.</summary>
    public static readonly TimeSpan StorePatience = TimeSpan.FromSeconds(5);

    /// <summary>How long a failure of the store is said after the store answers again.</summary>
    public static readonly TimeSpan ErrorMemory = TimeSpan.FromSeconds(30);

    /// <summary>How many overdue bots are looked at: ad-hoc bots and those whose joiner runs are among them.</summary>
    private const int PageSize = 100;

    private readonly EngineVitals _vitals = telemetry.Vitals;

    /// <inheritdoc/>
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var verdict = new HealthVerdict();
        DateTimeOffset now = _vitals.Clock.Now;
        JudgeEngine(verdict);
        JudgeNode(verdict);
        JudgeLoop(verdict, now);
        JudgeClock(verdict);
        JudgeWorkers(verdict);
        await JudgeStoreAsync(verdict, now, cancellationToken).ConfigureAwait(false);
        string durability = _vitals.IsDurable == false ? " Its storage dies with this process." : "";
        return verdict.ToResult(context.Registration.FailureStatus, Words() + durability);
    }

    private string Words() => _vitals.Stage == EngineStage.None
        ? "The store answers; no engine runs in this process."
        : $"The engine works for {_vitals.OwnedCount} bots and nothing is overdue.";

    private void JudgeEngine(HealthVerdict verdict)
    {
        verdict.Note("engine", _vitals.Stage.ToString());
        verdict.Note("engine.owned_bots", _vitals.OwnedCount);
        verdict.Note("engine.waker", _vitals.Waker);
        verdict.Note("store.durable", _vitals.IsDurable);
        switch (_vitals.Stage)
        {
            case EngineStage.Waiting:
                verdict.Unhealthy("The engine waits for its store, which could not be reached when it started: nothing is staged or joined here. It is tried again every second.");
                break;
            case EngineStage.Draining:
                verdict.Degraded($"The engine drains: it takes no more work and waits for {_vitals.OwnedCount} bots.");
                break;
            case EngineStage.Stopped:
                verdict.Unhealthy("The engine has stopped: what is planned waits for another one.");
                break;
            default:
                break; // where no engine was started here, overdue bots tell whether one runs elsewhere
        }
    }

    private void JudgeNode(HealthVerdict verdict)
    {
        if (_vitals.Stage is EngineStage.Running or EngineStage.Draining && _vitals.Node?.Silence is { } silence)
        {
            verdict.Note("node.silent_seconds", silence.TotalSeconds);
            verdict.Unhealthy($"The store has confirmed no beat of this engine for {Seconds(silence)}: it claims and arms nothing, and others adopt its bots. Look whether the store can be written.");
        }
    }

    private void JudgeLoop(HealthVerdict verdict, DateTimeOffset now)
    {
        if (_vitals.Stage is EngineStage.Running or EngineStage.Draining && _vitals.NextDeadline is { } deadline)
        {
            TimeSpan behind = now - deadline;
            verdict.Note("loop.behind_seconds", Math.Max(behind.TotalSeconds, 0));
            if (behind > LoopTolerance)
            {
                verdict.Unhealthy($"The scheduler loop is {Seconds(behind)} behind its deadline: nothing is staged or joined. Restart the process and report this.");
            }
        }
    }

    private void JudgeClock(HealthVerdict verdict)
    {
        verdict.Note("clock.steps", _vitals.Clock.StepCount);
        verdict.Note("clock.clamped", _vitals.Clock.IsClamped);
        if (_vitals.Clock.IsClamped)
        {
            verdict.Degraded($"The wall clock stepped by {Seconds(_vitals.Clock.LastStep)} and is not believed yet: bots join by the time carried forward. Look at the time service.");
        }
    }

    private void JudgeWorkers(HealthVerdict verdict)
    {
        foreach (WorkerThreads workers in _vitals.Workers)
        {
            verdict.Note($"workers.{workers.Name}.busy", workers.BusyCount);
            if (workers.IsSaturated)
            {
                verdict.Degraded($"All {workers.MaxThreads} threads of {workers.Name} are blocked by the host's code: other bots wait. Do not block, or raise MaxBlockedCalls.");
            }
        }
    }

    private async Task JudgeStoreAsync(HealthVerdict verdict, DateTimeOffset now, CancellationToken cancellationToken)
    {
        StoreVitals vitals = telemetry.StoreVitals;
        verdict.Note("store.last_error_seconds_ago", vitals.SinceError?.TotalSeconds);
        verdict.Note("store.last_error", vitals.LastErrorType);
        verdict.Note("store.last_success_seconds_ago", vitals.SinceSuccess?.TotalSeconds);
        if (vitals.SinceError < ErrorMemory)
        {
            verdict.Degraded($"The store failed {Seconds(vitals.SinceError.Value)} ago ({vitals.LastErrorType}); what was not written is kept and tried again.");
        }

        try
        {
            BotSnapshot? overdue = await FindOverdueAsync(now, cancellationToken)
                .WaitAsync(StorePatience, timeProvider, cancellationToken).ConfigureAwait(false);
            JudgeOverdue(verdict, overdue, now);
        }
        catch (Exception error) when (!cancellationToken.IsCancellationRequested)
        {
            verdict.Unhealthy($"The store does not answer ({error.GetType().Name}): armed bots join, nothing else moves until it is back.");
        }
    }

    private void JudgeOverdue(HealthVerdict verdict, BotSnapshot? overdue, DateTimeOffset now)
    {
        if (overdue is null)
        {
            return;
        }

        TimeSpan late = now - overdue.JoinAt;
        verdict.Note("overdue.bot", overdue.Id.ToString());
        verdict.Note("overdue.seconds", late.TotalSeconds);
        string words = $"Bot {overdue.Id} is {overdue.Status} and {Seconds(late)} overdue";
        if (late > options.MisfireGrace + OverdueTolerance)
        {
            verdict.Unhealthy($"{words}, past its grace, and nobody has failed it: no engine works for it. Look whether any node runs.");
        }
        else
        {
            verdict.Degraded($"{words}: it joins late if its staging ends within the grace. Look at its history and at the staging duration.");
        }
    }

    /// <summary>The oldest bot that should have begun to join. An ad-hoc bot is due when it is ready, so it cannot be overdue.</summary>
    private async Task<BotSnapshot?> FindOverdueAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        BotSnapshot? oldest = null;
        foreach (BotStatus status in (BotStatus[])[BotStatus.Scheduled, BotStatus.Staged])
        {
            var query = new BotQuery { Status = status, Now = now, Until = now - OverdueTolerance, Limit = PageSize };
            IReadOnlyList<BotSnapshot> page = await store.ListAsync(query, cancellationToken).ConfigureAwait(false);
            BotSnapshot? first = page.FirstOrDefault(bot => bot.JoinAt != bot.CreatedAt);
            oldest = first is not null && !(oldest?.JoinAt <= first.JoinAt) ? first : oldest;
        }

        return oldest;
    }

    private static string Seconds(TimeSpan span) => $"{span.TotalSeconds:0.0} s";
}
