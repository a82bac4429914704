using ScheduledBots.Timing;

namespace ScheduledBots.Tests.Timing;

/// <summary>Runs a script on the wheel and on a model, a sorted set of (due tick, number), and compares them after each step.</summary>
internal sealed class WheelScript(long origin, WheelLimits limits)
{
    private const int Herd = 12;

    private readonly TimingWheel<int> _wheel = new(origin, limits);
    private readonly SortedSet<(long Due, int Number)> _model = [];
    private readonly List<(WheelHandle Handle, long Due)> _given = [];
    private readonly List<int> _expired = [];
    private long _now = origin;

    public int Expired { get; private set; }

    public int Shared { get; private set; }

    public int Stale { get; private set; }

    public int Cancelled { get; private set; }

    public int FarJumps { get; private set; }

    /// <summary>How many slots were open when the most were.</summary>
    public int Opened { get; private set; }

    public void Run(WheelStep step)
    {
        switch (step.Kind)
        {
            case WheelStepKind.Schedule:
                Schedule(After(_now, step.Ticks));
                break;
            case WheelStepKind.ScheduleHerd:
                for (int i = 0; i < Herd; i++)
                {
                    Schedule(After(_now, step.Ticks));
                }

                break;
            case WheelStepKind.Cancel when _given.Count > 0:
                Cancel((int)(step.Ticks % _given.Count));
                break;
            case WheelStepKind.CancelHerd when _given.Count > 0:
                for (int number = (int)(step.Ticks % _given.Count), last = Math.Min(number + Herd, _given.Count); number < last; number++)
                {
                    Cancel(number);
                }

                break;
            case WheelStepKind.CancelEarliest when _model.Count > 0:
                Cancel(_model.Min.Number);
                break;
            case WheelStepKind.Reschedule when _given.Count > 0:
                Cancel(_given.Count / 2);
                Schedule(After(_now, step.Ticks));
                break;
            case WheelStepKind.Advance:
                Advance(After(_now, step.Ticks));
                break;
            case WheelStepKind.AdvanceToNext when _model.Count > 0:
                Advance(After(_model.Min.Due, step.Ticks));
                break;
            case WheelStepKind.Ask:
                Ask();
                break;
        }

        Opened = Math.Max(Opened, _wheel.CheckInvariants());
        Assert.Equal(_model.Count, _wheel.Count);
    }

    /// <summary>Advances past everything: nothing may be lost.</summary>
    public void Finish()
    {
        Ask();
        Advance(long.MaxValue);
        Ask();
        Assert.Equal(0, _wheel.Count);
        Assert.Empty(_model);
        for (int number = 0; number < _given.Count; number++)
        {
            Cancel(number);
        }

        _wheel.CheckInvariants();
    }

    private static long After(long tick, long ticks) => ticks > long.MaxValue - tick ? long.MaxValue : tick + ticks;

    private void Ask()
    {
        Assert.Equal(_model.Count > 0, _wheel.TryGetNextDeadline(out long next));
        Assert.Equal(_model.Count > 0 ? _model.Min.Due : 0, next);
    }

    private void Schedule(long due)
    {
        int number = _given.Count;
        due = Math.Max(due, _now);
        Shared += _model.GetViewBetween((due, 0), (due, int.MaxValue)).Count > 0 ? 1 : 0;
        _given.Add((_wheel.Schedule(due, number), due));
        _model.Add((due, number));
    }

    private void Cancel(int number)
    {
        bool waits = _model.Remove((_given[number].Due, number));
        Assert.Equal(waits, _wheel.Cancel(_given[number].Handle));
        Stale += waits ? 0 : 1;
        Cancelled += waits ? 1 : 0;
    }

    private void Advance(long tick)
    {
        _expired.Clear();
        _wheel.Advance(tick, _expired);
        FarJumps += tick - _now > 1L << 40 ? 1 : 0;
        _now = Math.Max(_now, tick);

        var due = _model.TakeWhile(entry => entry.Due <= tick).ToList();
        Assert.Equal(due.Select(entry => entry.Number), _expired);
        _model.ExceptWith(due);
        Expired += due.Count;
    }
}
