using System.Diagnostics;

namespace ScheduledBots.Samples.Tests;

/// <summary>A sample as its user runs it: a process of its own.</summary>
internal sealed class SampleProcess : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    private readonly CancellationTokenSource _patience = new(Patience);
    private readonly Process _process;
    private readonly List<string> _lines = [];

    private SampleProcess(Process process) => _process = process;

    public static SampleProcess Start(string sample, params string[] arguments) => StartIn([], sample, arguments);

    /// <summary>Starts it with variables of its environment changed.</summary>
    public static SampleProcess StartIn(Dictionary<string, string> variables, string sample, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, sample + ".dll"), .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach ((string name, string value) in variables)
        {
            start.Environment[name] = value;
        }

        return new SampleProcess(Process.Start(start) ?? throw new InvalidOperationException($"{sample} did not start"));
    }

    /// <summary>Reads on until so many lines of a kind have come, and returns the last of them.</summary>
    public async Task<string> UntilAsync(Func<string, bool> isOfTheKind, int count)
    {
        while (_lines.Count(isOfTheKind) < count)
        {
            _lines.Add(await _process.StandardOutput.ReadLineAsync(_patience.Token)
                ?? throw new InvalidOperationException($"it ended too soon:\n{string.Join('\n', _lines)}\n{await _process.StandardError.ReadToEndAsync(_patience.Token)}"));
        }

        return _lines.Last(isOfTheKind);
    }

    /// <summary>Ends it as <c>kill -9</c> does.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync(_patience.Token);
    }

    /// <summary>Asks it to end, as Ctrl-C does.</summary>
    public async Task TerminateAsync()
    {
        using Process kill = Process.Start("sh", ["-c", $"kill -TERM {_process.Id}"]);
        await kill.WaitForExitAsync(_patience.Token);
    }

    public async Task<(int ExitCode, string[] Output, string Error)> EndAsync()
    {
        Task<string> error = _process.StandardError.ReadToEndAsync(_patience.Token);
        string rest = await _process.StandardOutput.ReadToEndAsync(_patience.Token);
        await _process.WaitForExitAsync(_patience.Token);
        return (_process.ExitCode, [.. _lines, .. rest.Split('\n', StringSplitOptions.RemoveEmptyEntries)], await error);
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        _process.Dispose();
        _patience.Dispose();
    }
}
