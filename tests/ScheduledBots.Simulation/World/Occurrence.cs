namespace ScheduledBots.Simulation.World;

/// <summary>Something that will happen: work for a process, or for the world where there is none.</summary>
internal sealed class Occurrence(Process? process, SynchronizationContext? context, SendOrPostCallback action, object? state)
{
    /// <summary>Where it happens; nothing happens in a dead process, and in a frozen one it happens later.</summary>
    public Process? Process { get; } = process;

    /// <summary>What awaits within it come back to.</summary>
    public SynchronizationContext? Context { get; } = context;

    public bool IsCancelled { get; set; }

    public void Run() => action(state);
}
