namespace ScheduledBots.Chaos.Judging;

/// <summary>What the host's code of a node did.</summary>
internal enum WitnessKind
{
    Allocated,

    AllocatedPortable,

    Attached,

    Released,

    JoinBegan,

    JoinEnded,
}
