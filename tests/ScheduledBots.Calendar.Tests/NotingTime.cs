using System.Threading.Channels;
using Microsoft.Extensions.Time.Testing;

namespace ScheduledBots.Calendar.Tests;

/// <summary>
/// A clock that stands still until it is moved, and that tells which timers were set on it: whoever moves it before the other side has set
/// its timer waits for ever. It begins on Monday, 2 March 2026, 08:00 UTC.
/// </summary>
internal sealed class NotingTime() : FakeTimeProvider(new DateTimeOffset(2026, 3, 2, 8, 0, 0, TimeSpan.Zero))
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly Channel<TimeSpan> _timers = Channel.CreateUnbounded<TimeSpan>();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        ITimer timer = base.CreateTimer(callback, state, dueTime, period);
        _timers.Writer.TryWrite(dueTime);
        return timer;
    }

    /// <summary>Waits until one more timer of a length was set.</summary>
    public async Task UntilTimerOfAsync(TimeSpan length)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (await _timers.Reader.ReadAsync(patience.Token) != length)
        {
        }
    }
}
