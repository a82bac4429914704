using ScheduledBots.Lifecycle;
using ScheduledBots.Storage;

namespace ScheduledBots.Execution;

/// <summary>One joiner call.</summary>
internal sealed class JoinCall(StagedBot bot, DateTimeOffset startedAt) : HostCall
{
    public StagedBot Bot { get; } = bot;

    public DateTimeOffset StartedAt { get; } = startedAt;

    /// <summary>The write that says that the joiner runs; null where the result was known before it was needed.</summary>
    public Task<CommitOutcome>? JoiningWrite { get; set; }
}
