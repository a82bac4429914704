namespace ScheduledBots.Storage.InMemory.Tests;

internal static class InMemoryStores
{
    public static Task<IBotStore> NewAsync() => Task.FromResult<IBotStore>(new InMemoryBotStore());
}
