namespace ScheduledBots.Measuring;

/// <summary>Makes a call again, as a host does, when it does not know whether the call took effect.</summary>
/// <remarks>
/// ScheduledBots ends its callers' calls after two seconds without an answer, where others wait for half a minute, and a busy machine
/// may take longer for a process's first ones.
/// </remarks>
public static class Repeat
{
    private const int MaxTries = 10;

    /// <param name="call">Made again changes nothing twice, because its requests have ids.</param>
    /// <typeparam name="T">What the call returns.</typeparam>
    /// <typeparam name="TError">What says that it is not known.</typeparam>
    public static async Task<T> OnAsync<T, TError>(Func<Task<T>> call)
        where TError : Exception
    {
        for (int tries = 1; ; tries++)
        {
            try
            {
                return await call();
            }
            catch (TError) when (tries < MaxTries)
            {
                // Once more: nothing is scheduled twice.
            }
        }
    }
}
