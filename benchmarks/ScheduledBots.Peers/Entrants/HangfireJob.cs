namespace ScheduledBots.Peers.Entrants;

/// <summary>What Hangfire calls, by its name.</summary>
public static class HangfireJob
{
    public static void Run(int index) => Entry.Enter(index);
}
