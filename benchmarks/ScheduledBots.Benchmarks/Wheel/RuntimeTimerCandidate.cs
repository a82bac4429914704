namespace ScheduledBots.Benchmarks.Wheel;

/// <summary>A System.Threading.Timer for each entry. It cannot be advanced by hand, so only insert, cancel and size are measured.</summary>
internal sealed class RuntimeTimerCandidate(int count) : ICandidate
{
    private readonly Timer?[] _timers = new Timer?[count];

    public bool CanCancel => true;

    public bool CanExpire => false;

    public void Insert(int number, long due) =>
        _timers[number] = new Timer(static _ => { }, null, 60_000 + (due / 1_000), Timeout.Infinite);

    public void Cancel(int number) => _timers[number]!.Dispose();

    public long NextDeadline() => throw new NotSupportedException();

    public int Advance(long now) => throw new NotSupportedException();

    public void Dispose()
    {
        foreach (Timer? timer in _timers)
        {
            timer?.Dispose();
        }
    }
}
