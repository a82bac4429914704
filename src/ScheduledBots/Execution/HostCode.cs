namespace ScheduledBots.Execution;

/// <summary>What is taken care of at each place where the host's code is called.</summary>
internal static class HostCode
{
    /// <summary>
    /// Begins a call. A synchronization context that the host's code leaves on the thread is taken away again: what is
    /// ours must not wait for it.
    /// </summary>
    public static TTask? Begin<TTask>(Func<TTask?> call)
        where TTask : Task => Begin(call, static call => call());

    /// <inheritdoc cref="Begin{TTask}"/>
    /// <param name="state">What the call needs; so nothing is allocated for it.</param>
    /// <param name="call">The call.</param>
    public static TTask? Begin<TState, TTask>(TState state, Func<TState, TTask?> call)
        where TTask : Task
    {
        SynchronizationContext? own = SynchronizationContext.Current;
        try
        {
            return call(state);
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(own);
        }
    }

    /// <summary>An exception's type and message. Even its words are host code and may throw.</summary>
    public static string WordsOf(Exception error)
    {
        string type = error.GetType().Name;
        try
        {
            return $"{type}: {error.Message}";
        }
        catch (Exception)
        {
            return type; // it cannot even say what is wrong
        }
    }
}
