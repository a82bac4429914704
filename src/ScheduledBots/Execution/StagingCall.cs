using ScheduledBots.Lifecycle;

namespace ScheduledBots.Execution;

/// <summary>One allocator call.</summary>
internal sealed class StagingCall(ScheduledBot bot, int number) : HostCall
{
    public ScheduledBot Bot { get; } = bot;

    /// <summary>Which try it is, from 1.</summary>
    public int Number { get; } = number;
}
