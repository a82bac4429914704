namespace ScheduledBots.Chaos.Rigging;

/// <summary>Repeats what a busy database did not answer, as any caller would; what is repeated must be safe to repeat.</summary>
internal static class AskAgain
{
    /// <param name="maxTries">How often it is asked; the last refusal is the caller's.</param>
    /// <param name="ask">Asks.</param>
    /// <param name="unanswered">Hears of each time it is asked again.</param>
    public static async Task<T> UntilAnsweredAsync<T>(int maxTries, Func<Task<T>> ask, Action? unanswered = null)
    {
        for (int tries = 1; ; tries++)
        {
            try
            {
                return await ask();
            }
            catch (StoreUnavailableException) when (tries < maxTries)
            {
                unanswered?.Invoke();
            }
        }
    }
}
