using System.Globalization;
using ScheduledBots.Chaos.Judging;
using ScheduledBots.Chaos.Node;

namespace ScheduledBots.Chaos.Rigging;

/// <summary>The bare waker beside the nodes: what the machine itself does to punctuality meanwhile.</summary>
internal sealed class BareWaker(string file) : IAsyncDisposable
{
    private readonly ChildProcess _process = new(Path.ChangeExtension(file, ".err"), "waker", file);

    public Task ReadyAsync(CancellationToken cancellationToken) => _process.AnswerAsync(cancellationToken);

    /// <summary>Ends it and reads how late it woke between two instants.</summary>
    public async Task<Percentiles> FinishAsync(DateTimeOffset first, DateTimeOffset last, CancellationToken cancellationToken)
    {
        _process.Close();
        await _process.Ended.WaitAsync(cancellationToken);
        return new Percentiles(
            from line in await File.ReadAllLinesAsync(file, cancellationToken)
            let numbers = line.Split(' ').Select(word => long.Parse(word, CultureInfo.InvariantCulture)).ToArray()
            where numbers[0] >= first.UtcTicks && numbers[0] <= last.UtcTicks
            select TimeSpan.FromTicks(numbers[1]));
    }

    public ValueTask DisposeAsync() => _process.DisposeAsync();
}
