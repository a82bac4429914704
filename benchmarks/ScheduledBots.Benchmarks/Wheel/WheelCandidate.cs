using ScheduledBots.Timing;

namespace ScheduledBots.Benchmarks.Wheel;

internal sealed class WheelCandidate(int count) : ICandidate
{
    private readonly TimingWheel<int> _wheel = new(0);
    private readonly WheelHandle[] _handles = new WheelHandle[count];
    private readonly List<int> _expired = new(count);

    public bool CanCancel => true;

    public bool CanExpire => true;

    public void Insert(int number, long due) => _handles[number] = _wheel.Schedule(due, number);

    public void Cancel(int number) => _wheel.Cancel(_handles[number]);

    public long NextDeadline() => _wheel.TryGetNextDeadline(out long due) ? due : -1;

    public int Advance(long now)
    {
        _expired.Clear();
        _wheel.Advance(now, _expired);
        return _expired.Count;
    }

    public void Dispose()
    {
    }
}
