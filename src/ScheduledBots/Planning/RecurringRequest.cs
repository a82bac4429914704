namespace ScheduledBots.Planning;

/// <summary>One kind of store statement of which at most one is under way: when the next one is wanted.</summary>
/// <remarks>Not thread-safe. What is requested while one is under way is not lost: its answer may not have seen the reason.</remarks>
internal sealed class RecurringRequest
{
    private DateTimeOffset _wantedAt = DateTimeOffset.MaxValue;

    /// <summary>Whether one was started and has not been answered.</summary>
    public bool IsUnderway { get; private set; }

    /// <summary>When the next one can start; the end of time while one is under way or none is wanted.</summary>
    public DateTimeOffset DueAt => IsUnderway ? DateTimeOffset.MaxValue : _wantedAt;

    /// <summary>Asks for one, at an instant or earlier.</summary>
    public void RequestAt(DateTimeOffset at)
    {
        if (at < _wantedAt)
        {
            _wantedAt = at;
        }
    }

    /// <summary>Starts one if it is due.</summary>
    public bool TryStart(DateTimeOffset now)
    {
        if (DueAt > now)
        {
            return false;
        }

        IsUnderway = true;
        _wantedAt = DateTimeOffset.MaxValue;
        return true;
    }

    /// <summary>The one under way came back; the next is wanted at <paramref name="nextAt"/> or when it was requested meanwhile.</summary>
    public void Answered(DateTimeOffset now, DateTimeOffset nextAt)
    {
        IsUnderway = false;
        RequestAt(nextAt < now ? now : nextAt);
    }
}
