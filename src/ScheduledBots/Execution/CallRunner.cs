namespace ScheduledBots.Execution;

/// <summary>Where work runs that must not run on the loop's thread.</summary>
internal abstract class CallRunner
{
    /// <summary>Starts an action soon, on another thread.</summary>
    public abstract void Post(Action work);

    /// <summary>Starts an action when no posted one waits: what follows a call gives way to calls that have not begun.</summary>
    public virtual void PostLater(Action work) => Post(work);
}
