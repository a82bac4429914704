using System.Collections.Concurrent;
using System.Diagnostics;

namespace TwoNodes;

/// <summary>A node as the watching process has it: a child that talks, ends when its input ends, and can be killed.</summary>
internal sealed class NodeProcess : IAsyncDisposable
{
    private readonly Process _process;

    private NodeProcess(Process process) => _process = process;

    public static NodeProcess Start(string name, string connection, ConcurrentQueue<Fact> facts)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "TwoNodes.dll"), "node", name])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };

        // Not an argument: those of a process can be seen by everybody on the machine, and this may hold a password.
        start.Environment[Database.Variable] = connection;
        Process process = Process.Start(start) ?? throw new InvalidOperationException("dotnet did not start");
        process.OutputDataReceived += (_, line) =>
        {
            if (line.Data is { Length: > 0 } text)
            {
                facts.Enqueue(Words.Understand(name, text, TimeProvider.System.GetUtcNow()));
            }
        };
        process.BeginOutputReadLine();
        return new NodeProcess(process);
    }

    public bool HasEnded => _process.HasExited;

    /// <summary>Ends it as <c>kill -9</c> does: nothing is handed back, nobody is told.</summary>
    public void Kill() => _process.Kill();

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.StandardInput.Close();
        }

        await _process.WaitForExitAsync();
        _process.Dispose();
    }
}
