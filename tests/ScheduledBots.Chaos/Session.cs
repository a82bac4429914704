using System.Globalization;
using System.Runtime.InteropServices;
using ScheduledBots.TestDatabase;

namespace ScheduledBots.Chaos;

/// <summary>Runs trials one after another on one server, each in a database of its own, and says one line for each.</summary>
internal sealed class Session(Arguments arguments, TextWriter output)
{
    /// <summary>No trial takes longer; one that does hangs.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(30);

    /// <returns>How many trials failed.</returns>
    public async Task<int> RunAsync(IReadOnlyList<ITrial> trials)
    {
        string folder = Directory.CreateTempSubdirectory("scheduled-bots-chaos-").FullName;
        var server = new PostgresServer { WaitsForDisk = true };
        using var interrupted = new CancellationTokenSource();
        using PosixSignalRegistration interrupt = OnSignal(PosixSignal.SIGINT, interrupted), terminate = OnSignal(PosixSignal.SIGTERM, interrupted);
        int failed = 0;
        try
        {
            await server.StartAsync();
            foreach (ITrial trial in trials)
            {
                interrupted.Token.ThrowIfCancellationRequested();
                failed += await RunAsync(trial, server, Path.Combine(folder, trial.Name), interrupted.Token) ? 0 : 1;
            }
        }
        finally
        {
            await server.StopAsync();
            if (failed == 0 && !arguments.Keeps)
            {
                Directory.Delete(folder, recursive: true);
            }
            else
            {
                await output.WriteLineAsync($"witness files and logs are in {folder}");
            }
        }

        return failed;
    }

    /// <summary>Whoever ends the rig ends its processes and its server too.</summary>
    private static PosixSignalRegistration OnSignal(PosixSignal signal, CancellationTokenSource interrupted) => PosixSignalRegistration.Create(signal, context =>
    {
        context.Cancel = true;
        interrupted.Cancel();
    });

    private async Task<bool> RunAsync(ITrial trial, PostgresServer server, string folder, CancellationToken cancellationToken)
    {
        using var limited = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limited.CancelAfter(Patience);
        long began = TimeProvider.System.GetTimestamp();
        Verdict verdict;
        try
        {
            Directory.CreateDirectory(folder);
            await using var rig = new Rig(server, await server.CreateDatabaseAsync(), folder, arguments.Seed);
            verdict = await trial.RunAsync(rig, limited.Token);
        }
        catch (Exception error) when (!cancellationToken.IsCancellationRequested)
        {
            verdict = new Verdict("the trial itself ended with an error", [error.ToString()]);
        }

        double seconds = TimeProvider.System.GetElapsedTime(began).TotalSeconds;
        await output.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture, $"{(verdict.Passed ? "ok    " : "FAILED")} {trial.Name,-18} {verdict.Measured} [{seconds:0} s]"));
        foreach (string failure in verdict.Failures)
        {
            await output.WriteLineAsync($"       {trial.Name}: {failure}");
        }

        return verdict.Passed;
    }
}
