namespace ScheduledBots.Calendar;

/// <summary>What a sync wanted to do to a bot.</summary>
public enum CalendarChange
{
    /// <summary>Schedule one for a new meeting.</summary>
    Schedule = 0,

    /// <summary>Move it, or give it another link or name.</summary>
    Change = 1,

    /// <summary>Call it off.</summary>
    Cancel = 2,
}
