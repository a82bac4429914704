namespace ScheduledBots.Peers.Running;

/// <summary>What a process of its own measures of one entrant.</summary>
internal enum Measurement
{
    Spread,
    Herd,
    Rates,
    Heap,
    TakeOver,
}
