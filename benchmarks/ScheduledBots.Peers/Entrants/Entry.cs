namespace ScheduledBots.Peers.Entrants;

/// <summary>Where every job of every peer begins. Static, because some peers call nothing else.</summary>
internal static class Entry
{
    private static Action<int, long> _arrived = static (_, _) => { };
    private static int _warmUpCount;

    /// <summary>How many jobs began that warm up.</summary>
    public static int WarmUpCount => Volatile.Read(ref _warmUpCount);

    public static void Subscribe(Action<int, long> arrived) => _arrived = arrived;

    /// <summary>The first statement of a job.</summary>
    public static void Enter(int index) => Enter(index, DateTime.UtcNow.Ticks);

    /// <summary>The same of one that has looked at the clock already.</summary>
    public static void Enter(int index, long ticks)
    {
        if (index >= 0)
        {
            _arrived(index, ticks);
        }
        else
        {
            Interlocked.Increment(ref _warmUpCount);
        }
    }
}
