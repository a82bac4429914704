using System.Globalization;
using ScheduledBots.Measuring;
using ScheduledBots.Peers.Entrants;

namespace ScheduledBots.Peers.Running;

/// <summary>One measurement of one entrant in a process of its own; what goes wrong there is a finding.</summary>
internal sealed record Child(Entrant Entrant, Measurement Measurement, string Connection, bool IsQuick)
{
    /// <summary>The first argument of a process that is one.</summary>
    public const string Verb = "child";

    /// <summary>Beyond what the patience within the child allows: a peer that hangs stalls nobody.</summary>
    private static readonly TimeSpan MaxTime = TimeSpan.FromMinutes(3);

    public async Task<Findings> StartAsync()
    {
        try
        {
            return Measurement == Measurement.TakeOver
                ? await TakeOverRun.RunAsync(Entrant, Connection)
                : await ChildProcess.AskAsync<Findings>(
                    MaxTime, Verb, Entrant.Number.ToString(CultureInfo.InvariantCulture), Measurement.ToString(), Connection, IsQuick.ToString());
        }
        catch (Exception failure) when (failure is InvalidOperationException or TimeoutException)
        {
            return new Findings { Error = failure.Message };
        }
    }

    /// <summary>Is that process.</summary>
    public static async Task RunAsync(string[] arguments)
    {
        Entrant entrant = Entrant.All[int.Parse(arguments[1], CultureInfo.InvariantCulture)];
        IPeer peer = entrant.Create(arguments[3]);
        await peer.StartAsync();
        Sizes sizes = Sizes.Of(entrant, isQuick: bool.Parse(arguments[4]));
        Findings findings = Enum.Parse<Measurement>(arguments[2]) switch
        {
            Measurement.Spread => await LatenessRun.RunAsync(peer, sizes.Spread, sizes),
            Measurement.Herd => await LatenessRun.RunAsync(peer, sizes.Herd, sizes),
            Measurement.Rates => await RatesRun.RunAsync(peer, sizes.RateTime),
            _ => await HeapRun.RunAsync(peer, sizes.HeapJobs),
        };
        ChildProcess.Answer(arguments, findings);

        // No orderly end: how long a peer takes to stop is not asked, and some wait long for their workers.
        Environment.Exit(0);
    }
}
