using ScheduledBots.Lifecycle;
using ScheduledBots.Storage;

namespace ScheduledBots.Execution;

/// <summary>One allocator call.</summary>
internal sealed class StagingCall(Bot bot, int number, long orderedTimestamp) : HostCall(bot.Id, bot.Fence)
{
    public Bot Bot { get; } = bot;

    /// <summary>Which try it is, from 1.</summary>
    public int Number { get; } = number;

    /// <summary>When it was ordered, on the monotonic clock.</summary>
    public long OrderedTimestamp { get; } = orderedTimestamp;

    /// <summary>The write that says that the host's code runs; null on a store that does not outlive this process.</summary>
    public Task<CommitOutcome>? Mark { get; set; }
}
