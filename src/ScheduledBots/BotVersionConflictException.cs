using ScheduledBots.Lifecycle;

namespace ScheduledBots;

/// <summary>The bot was changed since the caller read it.</summary>
public sealed class BotVersionConflictException : Exception
{
    /// <summary>Says what was found and what was wanted.</summary>
    /// <param name="id">The bot.</param>
    /// <param name="expected">The version the caller saw.</param>
    /// <param name="actual">The version it has.</param>
    public BotVersionConflictException(BotId id, long expected, long actual)
        : base($"Bot {id} has version {actual}, not {expected}: it was changed meanwhile. Read it again and decide anew.")
    {
        Id = id;
        Expected = expected;
        Actual = actual;
    }

    /// <summary>The bot.</summary>
    public BotId Id { get; }

    /// <summary>The version the caller saw.</summary>
    public long Expected { get; }

    /// <summary>The version it has.</summary>
    public long Actual { get; }
}
