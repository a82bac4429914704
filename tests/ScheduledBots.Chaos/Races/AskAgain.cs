namespace ScheduledBots.Chaos.Races;

/// <summary>Repeats what a busy database did not answer, as any caller would; what is repeated must be safe to repeat.</summary>
internal static class AskAgain
{
    private const int MaxTries = 50;

    public static async Task<T> UntilAnsweredAsync<T>(Func<Task<T>> ask, Action? unanswered = null)
    {
        for (int tries = 1; ; tries++)
        {
            try
            {
                return await ask();
            }
            catch (StoreUnavailableException) when (tries < MaxTries)
            {
                unanswered?.Invoke();
            }
        }
    }
}
