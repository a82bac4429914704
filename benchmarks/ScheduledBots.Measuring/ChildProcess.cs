using System.Diagnostics;
using System.Reflection;
using System.Text.Json;

namespace ScheduledBots.Measuring;

/// <summary>Measures in a process of its own, so that no measurement warms, burdens or ends another: this program, started again with other arguments.</summary>
/// <remarks>The answer goes through a file, because what is measured may write to the console.</remarks>
public static class ChildProcess
{
    /// <summary>Starts the process and waits for its answer.</summary>
    /// <param name="maxTime">A child that has not ended by then is ended by force.</param>
    /// <param name="arguments">What it is started with; the path of the file for its answer comes behind them.</param>
    /// <exception cref="InvalidOperationException">It ended with an error, or hung.</exception>
    public static async Task<T> AskAsync<T>(TimeSpan maxTime, params string[] arguments)
    {
        string file = Path.GetTempFileName();
        using var time = new CancellationTokenSource(maxTime);
        using Process process = Start([.. arguments, file]);
        try
        {
            await process.WaitForExitAsync(time.Token);
            return process.ExitCode == 0
                ? JsonSerializer.Deserialize<T>(await File.ReadAllTextAsync(file, CancellationToken.None))!
                : throw new InvalidOperationException($"The process ended with {process.ExitCode}; it says why above.");
        }
        catch (OperationCanceledException)
        {
            process.Kill();
            await process.WaitForExitAsync(CancellationToken.None);
            throw new InvalidOperationException($"The process had not ended after {maxTime.TotalMinutes:0.#} min.");
        }
        finally
        {
            File.Delete(file);
        }
    }

    /// <summary>In that process: leaves the answer.</summary>
    /// <param name="arguments">All that the process was started with.</param>
    /// <param name="answer">What it has found.</param>
    public static void Answer<T>(string[] arguments, T answer) => File.WriteAllText(arguments[^1], JsonSerializer.Serialize(answer));

    /// <summary>Starts this program once more; whoever calls ends it.</summary>
    /// <param name="arguments">What it is started with.</param>
    /// <param name="isPiped">Whether its input and output are the caller's.</param>
    public static Process Start(IEnumerable<string> arguments, bool isPiped = false)
    {
        string program = Environment.ProcessPath ?? throw new InvalidOperationException("The path of this program is not known.");
        string[] assembly = Path.GetFileNameWithoutExtension(program) == "dotnet" ? [Assembly.GetEntryAssembly()!.Location] : [];
        var start = new ProcessStartInfo(program, [.. assembly, .. arguments]) { RedirectStandardInput = isPiped, RedirectStandardOutput = isPiped };
        return Process.Start(start) ?? throw new InvalidOperationException($"{program} did not start.");
    }
}
