using System.Collections.Concurrent;
using System.Diagnostics;
using ScheduledBots.Diagnostics;
using ScheduledBots.Extensibility;
using ScheduledBots.Lifecycle;
using ScheduledBots.Tests.Stories;

namespace ScheduledBots.Tests.Diagnostics;

public sealed class TraceStories : IDisposable
{
    private readonly ActivityListener _listener;
    private readonly ConcurrentQueue<Activity> _ended = [];

    public TraceStories()
    {
        _listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name is SchedulerActivity.SourceName or nameof(TraceStories),
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = _ended.Enqueue,
        };
        ActivitySource.AddActivityListener(_listener);
    }

    [Fact]
    public async Task Staging_and_joining_are_spans_linked_to_the_trace_that_scheduled_the_bot()
    {
        using var source = new ActivitySource(nameof(TraceStories));
        await using Scene scene = await Scene.OpenAsync();
        Activity? inJoiner = null;
        scene.Host.Join = (_, _) =>
        {
            inJoiner = Activity.Current;
            return Task.FromResult(JoinResult.Failed("no"));
        };
        ActivityContext scheduling;
        Bot bot;
        using (Activity request = source.StartActivity("request")!)
        {
            scheduling = request.Context;
            bot = await scene.ScheduleAsync(TimeSpan.FromMinutes(2));
        }

        await scene.UntilAsync(bot.Id, BotStatus.Failed, TimeSpan.FromMilliseconds(500));

        Activity[] spans = [.. _ended.Where(span => (string?)span.GetTagItem("scheduledbots.bot.id") == bot.Id.ToString())];
        Assert.Equal([SchedulerActivity.Stage, SchedulerActivity.Join], spans.Select(span => span.OperationName));
        Assert.All(spans, span => Assert.Equal(scheduling.TraceId, Assert.Single(span.Links).Context.TraceId));
        Assert.All(spans, span => Assert.NotEqual(scheduling.TraceId, span.TraceId));
        Assert.Equal(spans[1], inJoiner);
        Assert.Equal((ActivityStatusCode.Unset, ActivityStatusCode.Error), (spans[0].Status, spans[1].Status));
        Assert.Equal("Failed", spans[1].GetTagItem("scheduledbots.join.outcome"));
    }

    public void Dispose() => _listener.Dispose();
}
