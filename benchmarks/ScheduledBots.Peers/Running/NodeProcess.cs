using System.Diagnostics;
using System.Globalization;
using ScheduledBots.Measuring;
using ScheduledBots.Peers.Entrants;

namespace ScheduledBots.Peers.Running;

/// <summary>A process with a peer that works on a shared database, and the file of what it has begun.</summary>
internal sealed class NodeProcess : IDisposable
{
    /// <summary>The first argument of a process that is one.</summary>
    public const string Verb = "node";

    /// <summary>For a node to be ready, and for one to schedule the workload.</summary>
    private static readonly TimeSpan MaxTime = TimeSpan.FromSeconds(30);

    private readonly string _file = Path.GetTempFileName();
    private readonly string _name;
    private readonly Process _process;

    public NodeProcess(Entrant entrant, string connection, string name)
    {
        _name = name;
        _process = ChildProcess.Start([Verb, entrant.Number.ToString(CultureInfo.InvariantCulture), connection, _file], isPiped: true);
    }

    /// <summary>Is that process, until it is killed: says when it is ready, reads an instant, schedules the workload, says so.</summary>
    public static async Task RunAsync(string[] arguments)
    {
        await using var log = new FileStream(arguments[3], FileMode.Append, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);
        Entry.Subscribe((index, ticks) =>
        {
            lock (log)
            {
                log.Write(System.Text.Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{index} {ticks}\n")));
            }
        });
        await using IPeer peer = Entrant.All[int.Parse(arguments[1], CultureInfo.InvariantCulture)].Create(arguments[2]);
        await peer.StartAsync();
        Console.WriteLine("ready");
        while (Console.ReadLine() is { Length: > 0 } line)
        {
            var first = new DateTimeOffset(long.Parse(line, CultureInfo.InvariantCulture), TimeSpan.Zero);
            await peer.ScheduleManyAsync([.. TakeOverRun.Workload.Instants(first, seed: 1).Select((at, index) => new Job(index, at))]);
            Console.WriteLine("scheduled");
        }
    }

    public Task ReadyAsync() => SaidAsync("ready");

    /// <summary>Schedules all jobs of the workload.</summary>
    public Task ScheduleAsync(DateTimeOffset first)
    {
        _process.StandardInput.WriteLine(first.UtcTicks.ToString(CultureInfo.InvariantCulture));
        _process.StandardInput.Flush();
        return SaidAsync("scheduled");
    }

    public void Kill() => _process.Kill();

    public IEnumerable<(int Index, long Ticks)> Arrived()
    {
        using var stream = new FileStream(_file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var reader = new StreamReader(stream);
        string[] lines = reader.ReadToEnd().Split('\n');

        // What follows the last line's end was still being written.
        return [.. lines[..^1].Select(line => line.Split(' ')).Select(parts => (int.Parse(parts[0], CultureInfo.InvariantCulture), long.Parse(parts[1], CultureInfo.InvariantCulture)))];
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        _process.Dispose();
        File.Delete(_file);
    }

    // A peer may write lines of its own.
    private async Task SaidAsync(string word)
    {
        using var time = new CancellationTokenSource(MaxTime);
        try
        {
            while (await _process.StandardOutput.ReadLineAsync(time.Token) is { } line)
            {
                if (line == word)
                {
                    return;
                }
            }
        }
        catch (OperationCanceledException)
        {
            throw new TimeoutException($"The {_name} node was not {word} within {MaxTime.TotalSeconds:0} s.");
        }

        throw new InvalidOperationException($"The {_name} node ended before it was {word}; it says why above.");
    }
}
