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

    /// <summary>Whether nothing has changed since the bot was inserted unowned, so that there is nothing to keep.</summary>
    public static bool AreInitial(BotSnapshot bot) =>
        bot is { Status: BotStatus.Scheduled, Owner: null, Attempt: 0, PossiblyStarted: false, Crashes: 0, AllocatingFence: null, NotBefore: null }
        && bot is { LastFailure: null, Resource: null, StagedFence: null, ArmedUntil: null, StartedAt: null, SettledAt: null }
        && bot.Fence == default;
}
