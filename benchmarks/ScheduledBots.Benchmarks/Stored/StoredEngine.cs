using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using ScheduledBots.Measuring;

namespace ScheduledBots.Benchmarks.Stored;

/// <summary>An engine as a host runs it, until it owns what it was told and some time longer.</summary>
internal static class StoredEngine
{
    /// <summary>The first argument of a process that is one.</summary>
    public const string Verb = "stored-engine";

    /// <summary>How long it goes on: staging the bots that it claimed, and claiming the few that come within the horizon.</summary>
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(4);

    public static async Task RunAsync(string[] arguments)
    {
        string connectionString = arguments[1];
        int owned = int.Parse(arguments[2], CultureInfo.InvariantCulture);
        List<double> claims = [];
        long owns = 0;
        using MeterListener listener = Listen(claims, count => Interlocked.Exchange(ref owns, count));
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(null);
        var host = new StoredHost();
        builder.Services
            .AddScheduledBots()
            .UseEfCoreStorage(options => options.UseNpgsql(connectionString))
            .UseResourceAllocator(host)
            .UseMeetingJoiner(host);
        using IHost running = builder.Build();
        long start = Stopwatch.GetTimestamp();
        await running.StartAsync();
        while (Interlocked.Read(ref owns) < owned && Stopwatch.GetElapsedTime(start) < Patience)
        {
            await Task.Delay(100);
            listener.RecordObservableInstruments();
        }

        double claimedAfter = Stopwatch.GetElapsedTime(start).TotalSeconds;
        await Task.Delay(Rest);
        lock (claims)
        {
            ChildProcess.Answer(arguments, new StoredReport(Interlocked.Read(ref owns), PeakMegabytes(), claimedAfter, [.. claims]));
        }

        // No drain: to hand a hundred thousand bots back is not what is measured here, and the database ends too.
        Environment.Exit(0);
    }

    private static MeterListener Listen(List<double> claims, Action<long> owned)
    {
        var listener = new MeterListener
        {
            InstrumentPublished = (instrument, self) =>
            {
                if (instrument.Name is "scheduledbots.store.call.duration" or "scheduledbots.bots.owned")
                {
                    self.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<double>((_, seconds, tags, _) =>
        {
            foreach (KeyValuePair<string, object?> tag in tags)
            {
                if (tag is { Key: "scheduledbots.store.verb", Value: "claim" })
                {
                    lock (claims)
                    {
                        claims.Add(seconds * 1_000);
                    }
                }
            }
        });
        listener.SetMeasurementEventCallback<int>((_, count, _, _) => owned(count));
        listener.Start();
        return listener;
    }

    private static double PeakMegabytes()
    {
        using Process self = Process.GetCurrentProcess();
        return self.PeakWorkingSet64 / 1e6;
    }
}
