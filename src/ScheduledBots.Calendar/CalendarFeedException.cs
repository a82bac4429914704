namespace ScheduledBots.Calendar;

/// <summary>A feed could not be read as a whole, so no bot was touched: a feed that is down is no feed without events.</summary>
public sealed class CalendarFeedException : Exception
{
    /// <summary>Says why.</summary>
    /// <param name="message">What was found, what was wanted and the cure; no address, no path and nothing of the feed.</param>
    public CalendarFeedException(string message)
        : base(message)
    {
    }
}
