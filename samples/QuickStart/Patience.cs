using ScheduledBots;

namespace QuickStart;

/// <summary>Repeats a call of the scheduler while its database does not answer, for twenty seconds. Only what may be done twice is repeated here.</summary>
internal static class Patience
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    public static async Task<T> TryAsync<T>(Func<Task<T>> call)
    {
        long begun = TimeProvider.System.GetTimestamp();
        while (true)
        {
            try
            {
                return await call();
            }
            catch (StoreUnavailableException) when (TimeProvider.System.GetElapsedTime(begun) < Limit)
            {
                await Task.Delay(Pause);
            }
        }
    }
}
