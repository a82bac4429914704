namespace ScheduledBots.Storage.EfCore.Tests.Postgres;

/// <summary>What happens when packets vanish: nobody says that the connection is broken, and everything has to end by itself.</summary>
[Collection(PostgresStores.Collection)]
public sealed class PostgresSilenceTests(PostgresStores stores)
{
    /// <summary>Well below what the driver takes by itself, which is its time-out and then its time to connect.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    // Mutant: a beat on the caller's thread, with no end but the driver's time-out.
    [Fact]
    public async Task A_beat_into_a_silent_network_ends_and_the_next_one_arrives_when_it_is_back()
    {
        await using var tunnel = new Tunnel(await stores.NewDatabaseAsync());
        using EfCoreBotStore store = PostgresStores.NewStore(tunnel.ConnectionString, "silence");
        await store.InitializeAsync(CancellationToken.None);
        await store.RegisterAsync();

        tunnel.Swallow();
        var error = await Assert.ThrowsAsync<StoreUnavailableException>(() => BeatAsync(store));
        tunnel.Heal();
        BeatOutcome beat = await BeatAsync(store);

        Assert.Contains("did not answer within 2 seconds", error.Message, StringComparison.Ordinal);
        Assert.True(beat.Applied);
    }

    [Fact]
    public async Task Beats_that_find_no_connection_end_each_in_its_time()
    {
        await using var tunnel = new Tunnel(await stores.NewDatabaseAsync());
        using EfCoreBotStore store = PostgresStores.NewStore(tunnel.ConnectionString, "silence");
        await store.InitializeAsync(CancellationToken.None);

        tunnel.Swallow();
        for (int i = 0; i < 3; i++)
        {
            await Assert.ThrowsAsync<StoreUnavailableException>(() => BeatAsync(store));
        }

        tunnel.Heal();
        Assert.True((await BeatAsync(store)).Applied);
    }

    // Mutant: openings that wait for each other in turn.
    [Fact]
    public async Task Many_who_open_a_silent_database_at_once_hear_of_it_together()
    {
        await using var tunnel = new Tunnel(await stores.NewDatabaseAsync());
        tunnel.Swallow();
        using EfCoreBotStore store = PostgresStores.NewStore(tunnel.ConnectionString, "silence");

        StoreUnavailableException[] errors = await Task.WhenAll(Enumerable.Range(0, 20)
            .Select(_ => Assert.ThrowsAsync<StoreUnavailableException>(() => store.InsertAsync(Bots.New()))))
            .WaitAsync(Patience, TimeProvider.System);

        Assert.All(errors, error => Assert.Contains("gave no connection", error.Message, StringComparison.Ordinal));
    }

    /// <summary>On a thread of its own, as the engine does it: a beat may block.</summary>
    private static Task<BeatOutcome> BeatAsync(EfCoreBotStore store) =>
        Task.Factory.StartNew(store.RegisterAsync, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default)
            .Unwrap()
            .WaitAsync(Patience, TimeProvider.System);
}
