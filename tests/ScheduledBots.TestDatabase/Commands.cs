using System.Diagnostics;
using System.Text;

namespace ScheduledBots.TestDatabase;

/// <summary>Runs a program to its end.</summary>
internal static class Commands
{
    /// <exception cref="InvalidOperationException">It ended with an error; the message has what it said.</exception>
    // The server that pg_ctl leaves behind keeps what it inherits, so its output goes to its log and not through a pipe.
    public static async Task RunAsync(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardError = true, RedirectStandardOutput = true };
        using Process process = Process.Start(start) ?? throw new InvalidOperationException($"{program} did not start");
        var said = new StringBuilder();
        process.OutputDataReceived += (_, line) => said.AppendLine(line.Data);
        process.ErrorDataReceived += (_, line) => said.AppendLine(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        while (!process.WaitForExit(100))
        {
            await Task.Yield();
        }

        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"{program} {string.Join(' ', arguments)} ended with {process.ExitCode}:\n{said}");
        }
    }
}
