using ScheduledBots.Lifecycle;
using ScheduledBots.Storage;

namespace ScheduledBots.Execution;

/// <summary>One joiner call, from the command on.</summary>
internal sealed class JoinCall(StagedBot bot) : HostCall(bot.Id, bot.Fence)
{
    public StagedBot Bot { get; } = bot;

    private readonly CancellationTokenSource _superseded = new();
    private volatile bool _isSuperseded;

    /// <summary>When the joiner was called; null while the call waits for a thread.</summary>
    public DateTimeOffset? StartedAt { get; private set; }

    /// <summary>Cancelled when the bot is another's.</summary>
    public CancellationToken Superseded => _superseded.Token;

    /// <summary>The write that says that the joiner runs; null where the result was known before it was needed.</summary>
    public Task<CommitOutcome>? JoiningWrite { get; set; }

    /// <summary>The call begins, unless it was given up while it waited, or the bot is another's by now.</summary>
    public bool TryStart(DateTimeOffset now) => !_isSuperseded && WhileOpen((Call: this, now), static begun => begun.Call.StartedAt = begun.now);

    /// <summary>The bot is another's: a call that waits does not begin any more, and one that runs is told.</summary>
    public void Supersede(CallRunner cancelling)
    {
        _isSuperseded = true;
        cancelling.Post(() => CancelQuietly(_superseded));
        cancelling.Post(Cancel);
    }

    /// <summary>The bot as it is while the joiner runs.</summary>
    public JoiningBot Joining() => Bot.Join(StartedAt!.Value);
}
