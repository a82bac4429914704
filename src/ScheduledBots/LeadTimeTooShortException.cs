namespace ScheduledBots;

/// <summary>The bot would join sooner than the host's configured minimum lead time allows.</summary>
public sealed class LeadTimeTooShortException : Exception
{
    /// <summary>Says what was found and what was wanted.</summary>
    /// <param name="lead">The distance from now to the wanted instant.</param>
    /// <param name="minimum">The configured minimum.</param>
    public LeadTimeTooShortException(TimeSpan lead, TimeSpan minimum)
        : base($"The bot would join in {lead}; this scheduler wants {minimum} or more. Choose a later JoinAt, leave it out for an ad-hoc bot, or lower MinimumLeadTime.")
    {
        Lead = lead;
        Minimum = minimum;
    }

    /// <summary>The distance from now to the wanted instant.</summary>
    public TimeSpan Lead { get; }

    /// <summary>The configured minimum.</summary>
    public TimeSpan Minimum { get; }
}
