using System.Diagnostics.CodeAnalysis;
using System.Threading.Channels;
using ScheduledBots.Planning;

namespace ScheduledBots.Execution;

/// <summary>The one channel into the scheduler loop. Everything the engine learns passes through here.</summary>
/// <remarks>Thread-safe for writers; one reader, the loop. Closed until the engine starts: what is posted before is not needed, the first claim sees it.</remarks>
internal sealed class SignalQueue
{
    /// <summary>The most signals that wait; a step that finds the queue full waits for the loop.</summary>
    public const int Capacity = 65_536;

    private readonly Channel<Signal> _channel = Channel.CreateBounded<Signal>(
        new BoundedChannelOptions(Capacity) { SingleReader = true, FullMode = BoundedChannelFullMode.Wait });

    private volatile Action? _wake;

    /// <summary>The earliest JoinAt the loop was nudged for since the last claim began, in ticks.</summary>
    private long _nudgedFor = long.MaxValue;

    /// <summary>Lets signals in.</summary>
    /// <param name="wake">Called after each signal.</param>
    public void Open(Action wake) => _wake = wake;

    /// <summary>Lets no more signals in.</summary>
    public void Close()
    {
        _wake = null;
        _channel.Writer.TryComplete();
    }

    /// <summary>Posts one signal and wakes the loop.</summary>
    public async ValueTask PostAsync(Signal signal)
    {
        if (_wake is not { } wake)
        {
            return;
        }

        if (!_channel.Writer.TryWrite(signal))
        {
            wake();
            try
            {
                await _channel.Writer.WriteAsync(signal);
            }
            catch (ChannelClosedException)
            {
                return; // the engine stopped meanwhile; nobody needs the signal
            }
        }

        wake();
    }

    /// <summary>Tells the loop of a bot that can be claimed, unless it knows of an earlier one that no claim has seen.</summary>
    /// <remarks>So a host that schedules a million bots for next week does not wake the loop a million times.</remarks>
    public ValueTask NudgeAsync(DateTimeOffset joinAt)
    {
        for (long earliest = Volatile.Read(ref _nudgedFor); joinAt.UtcTicks < earliest;)
        {
            long found = Interlocked.CompareExchange(ref _nudgedFor, joinAt.UtcTicks, earliest);
            if (found == earliest)
            {
                return PostAsync(new Signal.Nudged(joinAt));
            }

            earliest = found;
        }

        return default;
    }

    /// <summary>
    /// A claim begins to read: it sees what was stored before, and the next bot stored after is told of again. Called before
    /// the store is asked; afterwards, a bot that came in between would be in neither.
    /// </summary>
    public void ClaimBegins() => Interlocked.Exchange(ref _nudgedFor, long.MaxValue);

    /// <summary>Takes the next signal, if there is one.</summary>
    public bool TryRead([NotNullWhen(true)] out Signal? signal) => _channel.Reader.TryRead(out signal);
}
