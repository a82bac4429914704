using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using ScheduledBots.Storage.EfCore;

namespace ScheduledBots.Benchmarks.Store;

/// <summary>Makes stores that are open: on a busy machine a process's first calls may take longer than a call may, for what they compile.</summary>
internal static class BenchStores
{
    private const int MaxTries = 10;

    public static async Task<EfCoreBotStore> OpenAsync(Action<DbContextOptionsBuilder> database)
    {
        var store = new EfCoreBotStore(EfCoreScheduledBotsBuilderExtensions.OwnContexts(null, database, null), "", TimeProvider.System);
        for (int tries = 1; ; tries++)
        {
            try
            {
                await store.InitializeAsync(CancellationToken.None);
                return store;
            }
            catch (StoreUnavailableException) when (tries < MaxTries)
            {
                // Compiled a little more.
            }
        }
    }
}
