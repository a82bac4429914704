using ScheduledBots.Lifecycle;

namespace ScheduledBots.Calendar.Syncing;

/// <summary>One thing a sync does. The set is closed.</summary>
internal abstract record SyncStep
{
    private SyncStep()
    {
    }

    /// <summary>A new bot.</summary>
    public sealed record Create(BotRequest Request) : SyncStep;

    /// <summary>A bot whose meeting was moved or has another link.</summary>
    public sealed record Change(Bot Bot, BotUpdate Update) : SyncStep;

    /// <summary>A bot whose meeting is gone.</summary>
    public sealed record Cancel(Bot Bot) : SyncStep;

    /// <summary>A settled bot of a meeting that is gone or elsewhere: should the meeting come back, it gets a new one.</summary>
    public sealed record Withdraw(Bot Bot) : SyncStep;
}
