using ScheduledBots.Lifecycle;

namespace ScheduledBots;

/// <summary>There is no such bot: it was never created, belongs to another tenant, or was erased or pruned.</summary>
public sealed class BotNotFoundException : Exception
{
    /// <summary>Says which bot.</summary>
    /// <param name="id">The bot.</param>
    public BotNotFoundException(BotId id)
        : base($"There is no bot {id}; it was never created here, or is deleted.") =>
        Id = id;

    /// <summary>The bot that was asked for.</summary>
    public BotId Id { get; }
}
