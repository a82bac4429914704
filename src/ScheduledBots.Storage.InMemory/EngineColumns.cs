using ScheduledBots.Lifecycle;

namespace ScheduledBots.Storage.InMemory;

/// <summary>The columns that change once an engine or a caller touches a bot.</summary>
internal sealed class EngineColumns(BotSnapshot bot)
{
    public BotStatus Status { get; } = bot.Status;

    public NodeId? Owner { get; } = bot.Owner;

    public Fence Fence { get; } = bot.Fence;

    public int Attempt { get; } = bot.Attempt;

    public bool PossiblyStarted { get; } = bot.PossiblyStarted;

    public int Crashes { get; } = bot.Crashes;

    public Fence? AllocatingFence { get; } = bot.AllocatingFence;

    public DateTimeOffset? NotBefore { get; } = bot.NotBefore;

    public Failure? LastFailure { get; } = bot.LastFailure;

    public ResourceHandle? Resource { get; } = bot.Resource;

    public Fence? StagedFence { get; } = bot.StagedFence;

    public DateTimeOffset? ArmedUntil { get; } = bot.ArmedUntil;

    public DateTimeOffset? StartedAt { get; } = bot.StartedAt;

    public DateTimeOffset? SettledAt { get; } = bot.SettledAt;

    /// <summary>Whether nothing has changed since the bot was inserted unowned.</summary>
    public bool AreInitial =>
        Status == BotStatus.Scheduled && Owner is null && Fence == default && Attempt == 0 && !PossiblyStarted && Crashes == 0
        && AllocatingFence is null && NotBefore is null && LastFailure is null && Resource is null && StagedFence is null && ArmedUntil is null
        && StartedAt is null && SettledAt is null;
}
