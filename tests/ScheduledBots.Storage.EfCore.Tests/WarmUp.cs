namespace ScheduledBots.Storage.EfCore.Tests;

/// <summary>
/// The first call of a process builds models and compiles queries. On a machine that is busy with other things this has taken longer
/// than a call of a store may, and no test is about it.
/// </summary>
internal static class WarmUp
{
    private const int MaxTries = 10;

    public static async Task OfAsync(Func<EfCoreBotStore> newStore)
    {
        for (int tries = 1; ; tries++)
        {
            using EfCoreBotStore store = newStore();
            try
            {
                await store.InitializeAsync(CancellationToken.None);
                await store.RegisterAsync();
                await store.InsertAsync(Bots.New());
                await store.ClaimAsync();
                return;
            }
            catch (StoreUnavailableException) when (tries < MaxTries)
            {
                // Compiled a little more.
            }
        }
    }
}
