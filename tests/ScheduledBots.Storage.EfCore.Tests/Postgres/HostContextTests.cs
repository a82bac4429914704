using System.Transactions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using ScheduledBots.Lifecycle;

namespace ScheduledBots.Storage.EfCore.Tests.Postgres;

/// <summary>The store in the host's own context.</summary>
[Collection(PostgresStores.Collection)]
public sealed class HostContextTests(PostgresStores stores)
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_bot_is_kept_in_the_hosts_database_with_a_factory_and_without(bool hasFactory)
    {
        string connectionString = await MigratedAsync();
        await using ServiceProvider provider = Services(connectionString, hasFactory).BuildServiceProvider();

        ScheduleResult result = await provider.GetRequiredService<IBotScheduler>().ScheduleAsync(Request());

        await using HostContext context = Context(connectionString);
        Assert.Equal(1, await CountAsync(context));
        Assert.NotNull(await provider.GetRequiredService<IBotScheduler>().FindAsync(result.Bot.Id));
    }

    // Mutant: calls that stay in the transaction around them.
    [Fact]
    public async Task A_bot_stays_when_the_transaction_around_the_call_is_rolled_back()
    {
        string connectionString = await MigratedAsync();
        await using ServiceProvider provider = Services(connectionString, hasFactory: true).BuildServiceProvider();

        ScheduleResult result;
        using (new TransactionScope(TransactionScopeAsyncFlowOption.Enabled))
        {
            result = await provider.GetRequiredService<IBotScheduler>().ScheduleAsync(Request());
        }

        Assert.NotNull(await provider.GetRequiredService<IBotScheduler>().FindAsync(result.Bot.Id));
    }

    [Fact]
    public async Task Without_the_tables_scheduling_names_the_call_that_makes_them()
    {
        string connectionString = await stores.NewDatabaseAsync();
        await using ServiceProvider provider = Services(connectionString, hasFactory: true).BuildServiceProvider();

        var error = await Assert.ThrowsAsync<InvalidOperationException>(
            () => provider.GetRequiredService<IBotScheduler>().ScheduleAsync(Request()));

        Assert.Equal(
            "The PostgreSQL database lacks tables or columns of ScheduledBots. Call modelBuilder.AddScheduledBots() in OnModelCreating of HostContext, then add a migration (dotnet ef migrations add ScheduledBots) and apply it (dotnet ef database update, or Database.MigrateAsync() before the host starts).",
            error.Message);
    }

    // Mutant: an opening that does not look at the model.
    [Fact]
    public async Task Without_the_tables_in_the_model_scheduling_names_the_call_that_adds_them()
    {
        string connectionString = await stores.NewDatabaseAsync();
        var services = new ServiceCollection();
        services.AddDbContext<ForgetfulContext>(options => options.UseNpgsql(connectionString));
        services.AddScheduledBots().UseEfCoreStorage<ForgetfulContext>();
        await using ServiceProvider provider = services.BuildServiceProvider();

        var error = await Assert.ThrowsAsync<InvalidOperationException>(
            () => provider.GetRequiredService<IBotScheduler>().ScheduleAsync(Request()));

        Assert.StartsWith(
            "ForgetfulContext has no tables of ScheduledBots in its model. Call modelBuilder.AddScheduledBots() in OnModelCreating of ForgetfulContext, then add a migration",
            error.Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_context_of_the_librarys_own_makes_its_tables()
    {
        string connectionString = await stores.NewDatabaseAsync();
        var services = new ServiceCollection();
        services.AddScheduledBots().UseEfCoreStorage(options => options.UseNpgsql(connectionString));
        await using ServiceProvider provider = services.BuildServiceProvider();

        ScheduleResult result = await provider.GetRequiredService<IBotScheduler>().ScheduleAsync(Request());

        await using HostContext context = Context(connectionString);
        Assert.Equal(1, await CountAsync(context));
        Assert.NotEqual(default, result.Bot.Id);
    }

    private async Task<string> MigratedAsync()
    {
        string connectionString = await stores.NewDatabaseAsync();
        await using HostContext context = Context(connectionString);
        await context.Database.EnsureCreatedAsync();
        return connectionString;
    }

    private static ServiceCollection Services(string connectionString, bool hasFactory)
    {
        var services = new ServiceCollection();
        Action<DbContextOptionsBuilder> configure = options => options.UseNpgsql(connectionString, npgsql => npgsql.EnableRetryOnFailure());
        if (hasFactory)
        {
            services.AddDbContextFactory<HostContext>(configure);
        }
        else
        {
            services.AddDbContext<HostContext>(configure);
        }

        services.AddScheduledBots().UseEfCoreStorage<HostContext>();
        return services;
    }

    private static HostContext Context(string connectionString) =>
        new(new DbContextOptionsBuilder<HostContext>().UseNpgsql(connectionString).Options);

    private static Task<int> CountAsync(HostContext context) =>
        context.Database.SqlQueryRaw<int>("SELECT count(*)::integer AS \"Value\" FROM scheduled_bots").SingleAsync();

    private static BotRequest Request() => new()
    {
        MeetingUrl = new Uri("https://meet.example/1"), Name = "Notes", JoinAt = TimeProvider.System.GetUtcNow().AddHours(1),
    };
}
