using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using ScheduledBots.Peers.Entrants;

namespace ScheduledBots.Peers.Running;

/// <summary>One measurement of one entrant in a process of its own, ended by force when its time is up.</summary>
internal sealed record Child(Entrant Entrant, Measurement Measurement, string Connection, bool IsQuick)
{
    /// <summary>The first argument of a process that is one.</summary>
    public const string Verb = "child";

    /// <summary>Beyond what the patience within the child allows: a peer that hangs stalls nobody.</summary>
    private static readonly TimeSpan MaxTime = TimeSpan.FromMinutes(4);

    public async Task<Findings> StartAsync()
    {
        if (Measurement == Measurement.TakeOver)
        {
            return await TakeOverRun.RunAsync(Entrant, Connection, SizesOf(IsQuick));
        }

        string file = Path.GetTempFileName();
        string number = Enumerable.Range(0, Entrant.All.Count).First(i => Entrant.All[i] == Entrant).ToString(CultureInfo.InvariantCulture);
        using Process process = Process.Start(Environment.ProcessPath!, [Verb, number, Measurement.ToString(), Connection, IsQuick.ToString(), file]);
        using var time = new CancellationTokenSource(MaxTime);
        try
        {
            await process.WaitForExitAsync(time.Token);
            return process.ExitCode == 0
                ? JsonSerializer.Deserialize<Findings>(await File.ReadAllTextAsync(file))!
                : new Findings { Error = $"ended with {process.ExitCode}" };
        }
        catch (OperationCanceledException)
        {
            process.Kill();
            return new Findings { Error = $"hung for {MaxTime.TotalMinutes:0} min" };
        }
        finally
        {
            File.Delete(file);
        }
    }

    /// <summary>Is that process.</summary>
    public static async Task RunAsync(string[] arguments)
    {
        IPeer peer = Entrant.All[int.Parse(arguments[1], CultureInfo.InvariantCulture)].Create(arguments[3]);
        await peer.StartAsync();
        Sizes sizes = SizesOf(bool.Parse(arguments[4]));
        Findings findings = Enum.Parse<Measurement>(arguments[2]) switch
        {
            Measurement.Spread => await LatenessRun.RunAsync(peer, sizes.Spread, sizes),
            Measurement.Herd => await LatenessRun.RunAsync(peer, sizes.Herd, sizes),
            Measurement.Rates => await RatesRun.RunAsync(peer, sizes.RateTime),
            _ => await HeapRun.RunAsync(peer, sizes.HeapJobs),
        };
        await File.WriteAllTextAsync(arguments[5], JsonSerializer.Serialize(findings));

        // No orderly end: how long a peer takes to stop is not asked, and some wait long for their workers.
        Environment.Exit(0);
    }

    private static Sizes SizesOf(bool isQuick) => isQuick ? Sizes.Quick : Sizes.Full;
}
