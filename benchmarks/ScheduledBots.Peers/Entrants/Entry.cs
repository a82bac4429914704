namespace ScheduledBots.Peers.Entrants;

/// <summary>Where every job of every peer begins. Static, because some peers call nothing else.</summary>
internal static class Entry
{
    private static Action<int, long> _arrived = static (_, _) => { };

    public static void Subscribe(Action<int, long> arrived) => _arrived = arrived;

    /// <summary>The first statement of a job.</summary>
    public static void Enter(int index)
    {
        long now = DateTime.UtcNow.Ticks;
        if (index >= 0)
        {
            _arrived(index, now);
        }
    }
}
