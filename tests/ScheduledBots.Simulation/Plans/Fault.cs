namespace ScheduledBots.Simulation.Plans;

/// <summary>Something that goes wrong, between two instants of true time. The set is closed; the world knows how to bring each about.</summary>
internal abstract record Fault(TimeSpan From, TimeSpan Until)
{
    /// <summary>Nothing arrives at the store from a machine.</summary>
    internal sealed record Partition(TimeSpan From, TimeSpan Until, int Machine) : Fault(From, Until);

    /// <summary>Statements of a machine are applied, but their answers are lost.</summary>
    internal sealed record LostAnswers(TimeSpan From, TimeSpan Until, int Machine) : Fault(From, Until);

    /// <summary>Statements of a machine fail now and then, before or after they are applied.</summary>
    internal sealed record Flaky(TimeSpan From, TimeSpan Until, int Machine, double Before, double After) : Fault(From, Until);

    /// <summary>The store refuses everything, or answers nothing.</summary>
    internal sealed record Outage(TimeSpan From, TimeSpan Until, bool Hangs) : Fault(From, Until);

    /// <summary>Every statement takes longer.</summary>
    internal sealed record Slow(TimeSpan From, TimeSpan Until, TimeSpan Delay) : Fault(From, Until);

    /// <summary>The process on a machine is killed and started anew.</summary>
    internal sealed record Kill(TimeSpan From, TimeSpan Until, int Machine) : Fault(From, Until);

    /// <summary>The process on a machine drains and is started anew; where it is cut short, it has until the end to do so.</summary>
    internal sealed record Restart(TimeSpan From, TimeSpan Until, int Machine, bool IsCutShort) : Fault(From, Until);

    /// <summary>The process on a machine gets no turn.</summary>
    internal sealed record Freeze(TimeSpan From, TimeSpan Until, int Machine) : Fault(From, Until);

    /// <summary>The wall clock of a machine is set, and set back at the end.</summary>
    internal sealed record ClockStep(TimeSpan From, TimeSpan Until, int Machine, TimeSpan By, bool SetBack) : Fault(From, Until);

    /// <summary>
    /// Connections break now and then while a statement runs: its sender hears at once that it failed, and the store, which
    /// notices nothing, applies it all the same, up to its own time-out later and behind whatever was sent after it.
    /// </summary>
    internal sealed record CutConnections(TimeSpan From, TimeSpan Until, double Chance, TimeSpan Most) : Fault(From, Until);

    /// <summary>The way back to a machine gets slow, and half-way through nothing comes through any more.</summary>
    internal sealed record Fading(TimeSpan From, TimeSpan Until, int Machine, TimeSpan Delay) : Fault(From, Until)
    {
        public TimeSpan CutAt => From + ((Until - From) / 2);
    }

    /// <summary>The loop's own thread on a machine gets no turn, and everything else in its process goes on.</summary>
    internal sealed record Stall(TimeSpan From, TimeSpan Until, int Machine) : Fault(From, Until);

    /// <summary>The whole machine sleeps: its monotonic clock stands still meanwhile, its wall clock does not.</summary>
    internal sealed record Suspend(TimeSpan From, TimeSpan Until, int Machine) : Fault(From, Until);

    /// <summary>The process on a machine drains, and from then on the next version runs there.</summary>
    internal sealed record Upgrade(TimeSpan From, TimeSpan Until, int Machine) : Fault(From, Until);
}
