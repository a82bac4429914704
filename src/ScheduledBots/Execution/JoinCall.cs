using ScheduledBots.Lifecycle;
using ScheduledBots.Storage;

namespace ScheduledBots.Execution;

/// <summary>One joiner call, from the command on.</summary>
internal sealed class JoinCall(StagedBot bot) : HostCall(bot.Id, bot.Fence)
{
    public StagedBot Bot { get; } = bot;

    /// <summary>When the joiner was called; null while the call waits for a thread.</summary>
    public DateTimeOffset? StartedAt { get; private set; }

    /// <summary>The write that says that the joiner runs; null where the result was known before it was needed.</summary>
    public Task<CommitOutcome>? JoiningWrite { get; set; }

    /// <summary>The call begins, unless it was given up while it waited.</summary>
    public bool TryStart(DateTimeOffset now) => WhileOpen(() => StartedAt = now);

    /// <summary>The bot as it is while the joiner runs.</summary>
    public JoiningBot Joining() => Bot.Join(StartedAt!.Value);
}
