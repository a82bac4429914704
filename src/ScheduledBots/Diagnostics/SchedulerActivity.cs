using System.Diagnostics;
using ScheduledBots.Extensibility;
using ScheduledBots.Lifecycle;

namespace ScheduledBots.Diagnostics;

/// <summary>
/// The spans of the host's two calls. Each is the root of a trace of its own, linked to the trace of the request that
/// scheduled the bot: that one ended long ago, and a trace that stays open for days helps nobody.
/// </summary>
/// <remarks>Thread-safe. Tags are ids only; without a listener nothing is built.</remarks>
internal static class SchedulerActivity
{
    /// <summary>The activity source's name.</summary>
    public const string SourceName = "ScheduledBots";

    /// <summary>The span of one allocator call.</summary>
    public const string Stage = "scheduledbots.stage";

    /// <summary>The span of one joiner call.</summary>
    public const string Join = "scheduledbots.join";

    /// <summary>The source of the spans of bots. A rehearsal has one of its own, under a name nobody listens to.</summary>
    public static readonly ActivitySource Source = new(SourceName, SchedulerInstruments.Version);

    /// <summary>Begins the span of an allocator call, or returns null when nobody listens.</summary>
    public static Activity? StartStage(ActivitySource source, string scheduler, Bot bot, Fence fence) =>
        source.HasListeners() ? Start(source, Stage, scheduler, bot, fence, bot.Attempt) : null;

    /// <summary>Begins the span of a joiner call, or returns null when nobody listens.</summary>
    public static Activity? StartJoin(ActivitySource source, string scheduler, JoinAttempt attempt) =>
        source.HasListeners() ? Start(source, Join, scheduler, attempt.Bot, attempt.Fence, attempt.Attempt) : null;

    /// <summary>Marks a span as failed. Only the type is said: the rest is the host's words.</summary>
    public static void Fail(Activity? activity, string errorType)
    {
        activity?.SetTag("error.type", errorType);
        activity?.SetStatus(ActivityStatusCode.Error);
    }

    private static Activity? Start(ActivitySource source, string name, string scheduler, Bot bot, Fence fence, int attempt)
    {
        ActivityLink[] links = ActivityContext.TryParse(bot.TraceParent, null, isRemote: true, out ActivityContext scheduling) ? [new ActivityLink(scheduling)] : [];
        KeyValuePair<string, object?>[] tags =
        [
            new("scheduledbots.scheduler", scheduler.Length > 0 ? scheduler : SchedulerMetrics.DefaultScheduler),
            new("scheduledbots.bot.id", bot.Id.ToString()),
            new("scheduledbots.bot.fence", fence.Value),
            new("scheduledbots.bot.attempt", attempt),
        ];
        return source.StartActivity(name, kind: default, parentContext: default, tags, links);
    }
}
