using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.EntityFrameworkCore.Migrations.Operations;
using Microsoft.Extensions.DependencyInjection;
using ScheduledBots.Lifecycle;

namespace ScheduledBots.Storage.EfCore.Tests.Postgres;

/// <summary>What a host's migrations do: to an empty database, and to one that is in use.</summary>
[Collection(PostgresStores.Collection)]
public sealed class PostgresMigrationTests(PostgresStores stores)
{
    [Fact]
    public async Task The_first_migration_makes_all_that_the_store_needs()
    {
        string connectionString = await stores.NewDatabaseAsync();
        await using HostContext context = Host(connectionString);

        await MigrateAsync(context, from: null);

        using EfCoreBotStore store = Store(connectionString);
        await store.InitializeAsync(CancellationToken.None);
        Assert.True((await store.InsertAsync(Bots.New("key"))).Inserted);
        Assert.Empty(Operations(context, context)); // and the next one has nothing to add
    }

    [Fact]
    public async Task A_migration_to_newer_tables_tells_their_version_and_older_nodes_go_on_while_they_are_let()
    {
        string connectionString = await stores.NewDatabaseAsync();
        await using HostContext earlier = Host(connectionString);
        await MigrateAsync(earlier, from: null);
        using EfCoreBotStore store = Store(connectionString);
        await store.InitializeAsync(CancellationToken.None);
        await store.RegisterAsync();
        await store.InsertAsync(Bots.New());
        await using LaterContext expanded = new(Options<LaterContext>(connectionString)) { MinimumWriter = 1 };
        await using LaterContext contracted = new(Options<LaterContext>(connectionString)) { MinimumWriter = 2 };

        MigrationOperation[] expanding = await MigrateAsync(expanded, from: earlier);
        int claimed = (await store.ClaimAsync()).Bots.Count;
        MigrationOperation[] contracting = await MigrateAsync(contracted, from: expanded);
        await store.InsertAsync(Bots.New());

        Assert.Equal([typeof(AddColumnOperation), typeof(UpdateDataOperation)], expanding.Select(operation => operation.GetType()));
        Assert.Equal(1, claimed);
        Assert.IsType<UpdateDataOperation>(Assert.Single(contracting));
        var error = await Assert.ThrowsAsync<InvalidOperationException>(() => store.ClaimAsync());
        Assert.Equal(
            "The tables of ScheduledBots are of version 2 and ask for a library of version 2; this one is of version 1. Update the ScheduledBots packages of this process.",
            error.Message);
    }

    [Fact]
    public async Task A_migration_that_fails_half_way_leaves_nothing_behind_and_the_store_says_what_is_missing()
    {
        string connectionString = await stores.NewDatabaseAsync();
        await using HostContext context = Host(connectionString);
        await context.Database.ExecuteSqlRawAsync("CREATE TABLE scheduled_bots_schema (id integer)"); // in its way

        await Assert.ThrowsAnyAsync<Exception>(() => MigrateAsync(context, from: null));

        using EfCoreBotStore store = Store(connectionString);
        var error = await Assert.ThrowsAsync<InvalidOperationException>(() => store.InitializeAsync(CancellationToken.None));
        Assert.Contains("lacks tables or columns of ScheduledBots. Call modelBuilder.AddScheduledBots()", error.Message, StringComparison.Ordinal);
        Assert.Equal(0, await context.Database.SqlQueryRaw<int>("SELECT count(*)::integer AS \"Value\" FROM pg_class WHERE relname = 'scheduled_bots'").SingleAsync());
    }

    /// <summary>What `dotnet ef migrations add` finds between two models, applied as `dotnet ef database update` applies it.</summary>
    private static async Task<MigrationOperation[]> MigrateAsync(DbContext context, DbContext? from)
    {
        MigrationOperation[] operations = Operations(from, context);
        IReadOnlyList<MigrationCommand> commands = context.GetService<IMigrationsSqlGenerator>().Generate(operations, Design(context));
        await context.GetService<IMigrationCommandExecutor>().ExecuteNonQueryAsync(commands, context.GetService<Microsoft.EntityFrameworkCore.Storage.IRelationalConnection>());
        return operations;
    }

    private static MigrationOperation[] Operations(DbContext? from, DbContext to) =>
        [.. to.GetService<IMigrationsModelDiffer>().GetDifferences(from is null ? null : Design(from).GetRelationalModel(), Design(to).GetRelationalModel())];

    private static IModel Design(DbContext context) => context.GetService<IDesignTimeModel>().Model;

    private static HostContext Host(string connectionString) => new(Options<HostContext>(connectionString));

    private static DbContextOptions<TContext> Options<TContext>(string connectionString)
        where TContext : DbContext =>
        new DbContextOptionsBuilder<TContext>().UseNpgsql(connectionString).ReplaceService<IModelCacheKeyFactory, LaterContext.Keys>().Options;

    /// <summary>The store as a host has it that migrates by itself.</summary>
    private static EfCoreBotStore Store(string connectionString)
    {
        ServiceProvider services = new ServiceCollection().AddDbContextFactory<HostContext>(options => options.UseNpgsql(connectionString)).BuildServiceProvider();
        return new EfCoreBotStore(new HostContextSource<HostContext>(services), "migrated", TimeProvider.System);
    }
}
