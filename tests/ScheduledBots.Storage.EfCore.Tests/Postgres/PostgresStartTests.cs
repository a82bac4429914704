using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Npgsql;
using ScheduledBots.Configuration;
using ScheduledBots.Lifecycle;
using ScheduledBots.Testing;

namespace ScheduledBots.Storage.EfCore.Tests.Postgres;

/// <summary>A host that starts while its database is not as it should be.</summary>
[Collection(PostgresStores.Collection)]
public sealed class PostgresStartTests(PostgresStores stores)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    // Mutant: a start that gives up with the first failure.
    [Fact]
    public async Task A_host_starts_before_its_database_says_so_and_works_when_it_is_there()
    {
        await using var tunnel = new Tunnel(await stores.NewDatabaseAsync());
        tunnel.Swallow();
        var joiner = new ListingJoiner();
        using IHost host = NewHost(tunnel.ConnectionString, joiner);
        IBotScheduler scheduler = host.Services.GetRequiredService<IBotScheduler>();

        await host.StartAsync();
        HealthReportEntry waiting = await HealthAsync(host);
        await Assert.ThrowsAsync<StoreUnavailableException>(() => scheduler.ScheduleAsync(Request()));
        tunnel.Heal();
        await UntilAsync(async () => (await HealthAsync(host)).Data["engine"].Equals("Running"));
        ScheduleResult result = await scheduler.ScheduleAsync(Request());
        await UntilAsync(async () => (await scheduler.FindAsync(result.Bot.Id))?.Status == BotStatus.Joined);
        await host.StopAsync();

        Assert.Equal(HealthStatus.Unhealthy, waiting.Status);
        Assert.Contains("waits for its store", waiting.Description, StringComparison.Ordinal);
        Assert.Single(joiner.Attempts);
    }

    [Fact]
    public async Task A_host_that_waits_for_its_database_can_be_stopped()
    {
        using IHost host = NewHost("Host=127.0.0.1;Port=1;Username=nobody", new ListingJoiner());

        await host.StartAsync();
        await host.StopAsync();

        Assert.Contains("has stopped", (await HealthAsync(host)).Description, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_host_without_its_tables_does_not_start_and_names_the_migration()
    {
        string connectionString = await stores.NewDatabaseAsync();
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddDbContext<HostContext>(options => options.UseNpgsql(connectionString));
        Engine(builder, new ListingJoiner()).UseEfCoreStorage<HostContext>();
        using IHost host = builder.Build();

        var error = await Assert.ThrowsAsync<InvalidOperationException>(() => host.StartAsync());

        Assert.Contains("dotnet ef migrations add ScheduledBots", error.Message, StringComparison.Ordinal);
    }

    // Mutant: a health check that only reads.
    [Fact]
    public async Task An_engine_that_can_read_and_not_write_is_unhealthy()
    {
        string connectionString = await stores.NewDatabaseAsync();
        using (EfCoreBotStore writer = PostgresStores.NewStore(connectionString, ""))
        {
            await writer.InsertAsync(Bots.New());
        }

        using IHost host = NewHost(connectionString + ";Options=-c default_transaction_read_only=on", new ListingJoiner());
        await host.StartAsync();

        await UntilAsync(async () => (await HealthAsync(host)).Status == HealthStatus.Unhealthy);
        HealthReportEntry health = await HealthAsync(host);
        await host.StopAsync();

        Assert.Contains("has confirmed no beat of this engine", health.Description, StringComparison.Ordinal);
        Assert.Contains("can be written", health.Description, StringComparison.Ordinal);
    }

    // Mutant: an adoption that does not ask for the version.
    [Fact]
    public async Task Tables_that_are_migrated_under_an_older_engine_take_its_work_and_leave_it_what_it_has()
    {
        string connectionString = await stores.NewDatabaseAsync();
        using EfCoreBotStore store = PostgresStores.NewStore(connectionString, "");
        await store.RegisterAsync();
        await store.InsertAsync(Bots.New());
        BotSnapshot owned = Assert.Single((await store.ClaimAsync()).Bots);
        await store.InsertAsync(Bots.New());
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync();
        await using (var command = new NpgsqlCommand("UPDATE scheduled_bots_schema SET version = 2, minimum_writer = 2; UPDATE scheduled_bots SET owner = 'ffffffff-ffff-ffff-ffff-ffffffffffff' WHERE owner IS NULL", connection))
        {
            await command.ExecuteNonQueryAsync();
        }

        BotSnapshot staged = owned with { Status = BotStatus.Staged, StagedFence = owned.Fence };
        CommitOutcome staging = (await store.CommitAsync(
            [new BotCommit { Owner = Bots.Node, Fence = owned.Fence, From = BotStatus.Scheduled, Next = staged, History = [] }], CancellationToken.None))[0];
        IReadOnlyList<BotSnapshot> armed = await store.ArmAsync(
            new ArmQuery(Bots.Node, Bots.Start, Bots.Start.AddDays(1), TimeSpan.FromSeconds(5)), CancellationToken.None);
        IReadOnlyList<BotSnapshot> adopted = await store.AdoptAsync(
            new AdoptQuery(Bots.Node, Bots.Start.AddDays(1), Bots.Start.AddDays(1), 100), CancellationToken.None);

        Assert.Equal(CommitOutcome.Applied, staging);
        Assert.Single(armed);
        Assert.Empty(adopted);
        await Assert.ThrowsAsync<InvalidOperationException>(() => store.ClaimAsync());
        Assert.True((await store.RegisterAsync()).Applied, "it goes on to beat, and to join what it has");
    }

    private static IHost NewHost(string connectionString, ListingJoiner joiner)
    {
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(null);
        Engine(builder, joiner).UseEfCoreStorage(options => options.UseNpgsql(connectionString));
        return builder.Build();
    }

    private static DependencyInjection.IScheduledBotsBuilder Engine(HostApplicationBuilder builder, ListingJoiner joiner) =>
        builder.Services.AddScheduledBots(Quick)
            .UseResourceAllocator(new ScriptedAllocator(TimeProvider.System))
            .UseMeetingJoiner(joiner)
            .AddHealthCheck();

    /// <summary>So that a silent engine is seen as such within the patience of a test.</summary>
    private static void Quick(ScheduledBotsOptions options)
    {
        options.BeatInterval = TimeSpan.FromMilliseconds(500);
        options.NodeTimeToLive = TimeSpan.FromSeconds(3);
    }

    private static async Task<HealthReportEntry> HealthAsync(IHost host) =>
        (await host.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync()).Entries["scheduledbots"];

    private static BotRequest Request() => new() { MeetingUrl = new Uri("https://meet.example/1"), Name = "Notes", JoinAt = null };

    private static async Task UntilAsync(Func<Task<bool>> condition)
    {
        using var patience = new CancellationTokenSource(Patience);
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        while (!await condition())
        {
            await timer.WaitForNextTickAsync(patience.Token);
        }
    }
}
