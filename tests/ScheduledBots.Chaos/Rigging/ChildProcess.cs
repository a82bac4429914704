using System.Diagnostics;
using System.Globalization;
using System.Threading.Channels;

namespace ScheduledBots.Chaos.Rigging;

/// <summary>This program again, in a role: it listens on standard input and answers in lines.</summary>
/// <remarks>Thread-safe. Disposing it kills it.</remarks>
internal sealed class ChildProcess : IAsyncDisposable
{
    private static readonly TimeSpan AnswerPatience = TimeSpan.FromSeconds(60);

    private readonly Process _process;
    private readonly Channel<string> _answers = Channel.CreateUnbounded<string>();
    private readonly TaskCompletionSource<(long Timestamp, int ExitCode)> _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <param name="errorFile">Where its standard error goes.</param>
    /// <param name="arguments">The role and what it is told.</param>
    public ChildProcess(string errorFile, params string[] arguments)
    {
        string program = Environment.ProcessPath ?? throw new InvalidOperationException("the path of this program is not known");
        string[] all = Path.GetFileNameWithoutExtension(program) == "dotnet" ? [typeof(ChildProcess).Assembly.Location, .. arguments] : arguments;
        _process = new Process
        {
            StartInfo = new ProcessStartInfo(program, all) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true },
            EnableRaisingEvents = true,
        };
        _process.OutputDataReceived += (_, line) => Take(line.Data);
        _process.ErrorDataReceived += (_, line) => Keep(errorFile, line.Data);
        _process.Exited += (_, _) => _ended.TrySetResult((TimeProvider.System.GetTimestamp(), _process.ExitCode));
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    public int Id => _process.Id;

    /// <summary>When it ended, on the monotonic clock, and its exit code.</summary>
    public Task<(long Timestamp, int ExitCode)> Ended => _ended.Task;

    public void Say(string line)
    {
        try
        {
            _process.StandardInput.WriteLine(line);
            _process.StandardInput.Flush();
        }
        catch (IOException)
        {
            // It died meanwhile, which its end says.
        }
    }

    /// <summary>The end of its input.</summary>
    public void Close() => _process.StandardInput.Close();

    /// <exception cref="InvalidOperationException">It ended instead.</exception>
    public async Task<string> AnswerAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await _answers.Reader.ReadAsync(cancellationToken).AsTask().WaitAsync(AnswerPatience, cancellationToken);
        }
        catch (ChannelClosedException)
        {
            throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture, $"process {Id} ended instead of answering"));
        }
    }

    /// <summary><c>kill -9</c>.</summary>
    public void Kill() => _process.Kill();

    public async ValueTask DisposeAsync()
    {
        if (!Ended.IsCompleted)
        {
            _process.Kill();
        }

        await Ended;
        _process.Dispose();
    }

    private void Take(string? line)
    {
        if (line is null)
        {
            _answers.Writer.TryComplete();
        }
        else
        {
            _answers.Writer.TryWrite(line);
        }
    }

    private static void Keep(string file, string? line)
    {
        if (line is not null)
        {
            File.AppendAllLines(file, [line]);
        }
    }
}
