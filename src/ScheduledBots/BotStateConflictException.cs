using ScheduledBots.Lifecycle;

namespace ScheduledBots;

/// <summary>The bot is not in a state that allows what was asked; somebody else, or time, came first.</summary>
public sealed class BotStateConflictException : Exception
{
    /// <summary>Says what was found and what was wanted.</summary>
    /// <param name="id">The bot.</param>
    /// <param name="actual">The state it is in.</param>
    /// <param name="required">The state it would have to be in, or null for any settled one.</param>
    /// <param name="verb">What was asked, as a participle: "rescheduled".</param>
    /// <param name="enteredAt">When it entered that state, or null where that is not known.</param>
    public BotStateConflictException(BotId id, BotStatus actual, BotStatus? required, string verb, DateTimeOffset? enteredAt)
        : base(Describe(id, actual, required, verb, enteredAt))
    {
        Id = id;
        Actual = actual;
        Required = required;
        EnteredAt = enteredAt;
    }

    /// <summary>The bot.</summary>
    public BotId Id { get; }

    /// <summary>The state it is in.</summary>
    public BotStatus Actual { get; }

    /// <summary>The state it would have to be in, or null for any settled one.</summary>
    public BotStatus? Required { get; }

    /// <summary>When it entered that state, or null where that is not known.</summary>
    public DateTimeOffset? EnteredAt { get; }

    private static string Describe(BotId id, BotStatus actual, BotStatus? required, string verb, DateTimeOffset? enteredAt)
    {
        string found = enteredAt is { } at ? $"{actual} since {at:O}" : $"{actual}";
        return required is null ? $"Bot {id} is {found}; only a settled bot can be {verb}. Cancel or abort it first, or wait until it has joined."
            : actual == required ? $"Bot {id} is {found} and armed, about to join; it can no longer be {verb}."
            : $"Bot {id} is {found}; only a {required} bot can be {verb}.";
    }
}
