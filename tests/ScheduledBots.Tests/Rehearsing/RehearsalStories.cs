using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.Time.Testing;
using ScheduledBots.Diagnostics;
using ScheduledBots.Rehearsing;
using ScheduledBots.Tests.Hazards;

namespace ScheduledBots.Tests.Rehearsing;

public sealed class RehearsalStories
{
    // Mutant: the first wave is not claimed.
    [Fact]
    public async Task Every_bot_of_it_joins()
    {
        await using Rehearsal rehearsal = await PlayedAsync();

        Assert.Equal(Rehearsal.WaveCount * Rehearsal.WaveSize, rehearsal.Stage.JoinedCount);
    }

    // Mutant: its instruments are made without a source of their own.
    [Fact]
    public async Task Whoever_listens_to_bots_hears_nothing_of_it()
    {
        ConcurrentQueue<string> heard = [];
        using var spans = new ActivityListener
        {
            ShouldListenTo = source => source.Name == SchedulerActivity.SourceName,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = span => heard.Enqueue($"{span.GetTagItem("scheduledbots.scheduler")}"),
        };
        ActivitySource.AddActivityListener(spans);
        using var meters = new MeterListener
        {
            InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Meter.Name == SchedulerInstruments.MeterName)
                {
                    listener.EnableMeasurementEvents(instrument);
                }
            },
        };
        meters.SetMeasurementEventCallback<long>((_, _, tags, _) => heard.Enqueue(SchedulerOf(tags)));
        meters.SetMeasurementEventCallback<double>((_, _, tags, _) => heard.Enqueue(SchedulerOf(tags)));
        meters.Start();

        await using Rehearsal rehearsal = await PlayedAsync();

        Assert.DoesNotContain(heard, scheduler => scheduler.Contains("Rehearsal", StringComparison.Ordinal));
    }

    private static async Task<Rehearsal> PlayedAsync()
    {
        var time = new FakeTimeProvider();
        var rehearsal = new Rehearsal(time);
        Task playing = rehearsal.PlayAsync();
        await HazardScene.EventuallyAsync(
            () =>
            {
                time.Advance(TimeSpan.FromMilliseconds(50));
                return playing.IsCompleted;
            },
            "the rehearsal to end");
        await playing;
        return rehearsal;
    }

    private static string SchedulerOf(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        foreach (KeyValuePair<string, object?> tag in tags)
        {
            if (tag.Key == "scheduledbots.scheduler")
            {
                return $"{tag.Value}";
            }
        }

        return "";
    }
}
