namespace ScheduledBots.Simulation.World;

/// <summary>How wrong a wall clock is, and was; and what a scheduler that trusts it within a skew may make of that.</summary>
internal sealed class WallSteps(TimeSpan offset)
{
    /// <summary>A stepped clock is believed after 30 seconds; this allows a second less.</summary>
    private static readonly long Standing = TimeSpan.FromSeconds(29).Ticks;

    /// <summary>A waker reads the clock about once a second; what is set and set back in between may go unseen.</summary>
    private static readonly long Glance = TimeSpan.FromSeconds(1.1).Ticks;

    /// <summary>How long an offset that is not in force any more may still be believed.</summary>
    private static readonly long Lag = TimeSpan.FromSeconds(75).Ticks;

    /// <summary>What drifting clocks add to a skew between two anchors.</summary>
    private static readonly long Slack = TimeSpan.FromMilliseconds(20).Ticks;

    private readonly List<Step> _steps = [new Step(0, 0, offset.Ticks)];

    /// <summary>The offset in force.</summary>
    public long Offset => _steps[^1].Offset;

    /// <param name="since">When the clock was set.</param>
    /// <param name="seen">When a process could see it first.</param>
    /// <param name="by">By how much.</param>
    public void Add(long since, long seen, TimeSpan by) => _steps.Add(new Step(since, seen, Offset + by.Ticks));

    public bool Any(long from, long until) => _steps.Exists(step => step.Since > 0 && step.Since >= from && step.Since <= until);

    /// <summary>The largest offset that may be believed: of those that stood for a while, or were within the skew of one that is believed, and were in force lately.</summary>
    public TimeSpan MostAhead(long bornAt, long at, TimeSpan skew)
    {
        int first = _steps.FindLastIndex(step => step.Since <= bornAt);
        List<long> believed = [_steps[first].Offset];
        long most = believed[0];
        for (int i = first; i < _steps.Count && _steps[i].Since <= at; i++)
        {
            long until = i + 1 < _steps.Count && _steps[i + 1].Since <= at ? _steps[i + 1].Since : at;
            if (until - StandingSince(i, skew) >= Standing || believed.Exists(offset => Math.Abs(_steps[i].Offset - offset) <= skew.Ticks + Slack))
            {
                believed.Add(_steps[i].Offset);
                most = until > at - Lag ? Math.Max(most, _steps[i].Offset) : _steps[i].Offset;
            }
        }

        return new TimeSpan(most + skew.Ticks);
    }

    /// <summary>Since when a clock has stood about where a step put it: further steps within the skew do not count, nor those that nobody may have seen.</summary>
    private long StandingSince(int step, TimeSpan skew)
    {
        int first = step;
        for (int i = step - 1; i >= 0; i--)
        {
            bool isUnseen = _steps[i + 1].Since - _steps[i].Since < Glance;
            if (!isUnseen && Math.Abs(_steps[i].Offset - _steps[step].Offset) > skew.Ticks + Slack)
            {
                break;
            }

            first = isUnseen ? first : i;
        }

        return _steps[first].Seen;
    }

    private readonly record struct Step(long Since, long Seen, long Offset);
}
