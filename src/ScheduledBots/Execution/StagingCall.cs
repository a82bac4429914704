using ScheduledBots.Lifecycle;

namespace ScheduledBots.Execution;

/// <summary>One allocator call.</summary>
internal sealed class StagingCall(ScheduledBot bot, int number, long orderedTimestamp) : HostCall(bot.Id, bot.Fence)
{
    public ScheduledBot Bot { get; } = bot;

    /// <summary>Which try it is, from 1.</summary>
    public int Number { get; } = number;

    /// <summary>When it was ordered, on the monotonic clock.</summary>
    public long OrderedTimestamp { get; } = orderedTimestamp;
}
