using System.Globalization;
using ScheduledBots.Chaos.Judging;
using ScheduledBots.Chaos.Node;

namespace ScheduledBots.Chaos.Rigging;

/// <summary>One node, with the line to the database that is its own.</summary>
/// <remarks>Thread-safe. Disposing it kills it.</remarks>
internal sealed class NodeProcess : IAsyncDisposable
{
    private readonly ChildProcess _process;
    private readonly Task _noted;

    public NodeProcess(NodeSetup setup, DatabaseProxy line)
    {
        Setup = setup;
        Line = line;
        Name = setup.Options.NodeName;
        string file = Path.ChangeExtension(setup.WitnessFile, ".json");
        setup.Write(file);
        _process = new ChildProcess(Path.ChangeExtension(setup.WitnessFile, ".err"), "node", file);
        _noted = NoteEndAsync();
    }

    public NodeSetup Setup { get; }

    public DatabaseProxy Line { get; }

    public string Name { get; }

    public bool HasEnded => _process.Ended.IsCompleted;

    /// <summary>Ends when the process has, however that came.</summary>
    public Task EndedAsync() => _noted;

    /// <summary>Waits until the process is loaded; its engine does not run yet.</summary>
    public async Task LoadedAsync(CancellationToken cancellationToken) => await ExpectAsync(NodeProgram.Loaded, cancellationToken);

    /// <summary>Starts the engine.</summary>
    public async Task GoAsync(CancellationToken cancellationToken)
    {
        _process.Say(NodeProgram.Go);
        await ExpectAsync(NodeProgram.Ready, cancellationToken);
    }

    /// <summary>Asks the engine to start, which it is expected to refuse.</summary>
    /// <returns>Its words.</returns>
    public async Task<string> RefusalAsync(CancellationToken cancellationToken)
    {
        _process.Say(NodeProgram.Go);
        return await _process.AnswerAsync(cancellationToken);
    }

    /// <summary>Starts the engine and does not wait for it: it may die on the way.</summary>
    public void Go() => _process.Say(NodeProgram.Go);

    public void Drain() => _process.Say(NodeProgram.Drain);

    /// <summary>Sets its wall clock.</summary>
    public void StepClock(TimeSpan step) => _process.Say(string.Create(CultureInfo.InvariantCulture, $"{NodeProgram.Step} {step.TotalSeconds}"));

    /// <summary><c>kill -9</c>, and waits until the process is gone.</summary>
    public async Task KillAsync()
    {
        if (!HasEnded)
        {
            _process.Kill();
        }

        await _noted;
    }

    public void Freeze() => ProcessSignals.Freeze(_process.Id);

    public void Resume() => ProcessSignals.Resume(_process.Id);

    public async ValueTask DisposeAsync()
    {
        await _process.DisposeAsync();
        await _noted;
        await Line.DisposeAsync();
    }

    private async Task ExpectAsync(string answer, CancellationToken cancellationToken)
    {
        string said = await _process.AnswerAsync(cancellationToken);
        if (said != answer)
        {
            throw new InvalidOperationException($"{Name} said '{said}', not '{answer}'");
        }
    }

    private async Task NoteEndAsync()
    {
        (long timestamp, int exitCode) = await _process.Ended;
        await File.WriteAllTextAsync(
            Path.ChangeExtension(Setup.WitnessFile, ProcessLines.EndExtension),
            string.Create(CultureInfo.InvariantCulture, $"{timestamp} {exitCode}"));
    }
}
