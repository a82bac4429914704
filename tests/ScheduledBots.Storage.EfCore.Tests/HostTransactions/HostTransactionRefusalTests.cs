using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using ScheduledBots.Testing.Model;

namespace ScheduledBots.Storage.EfCore.Tests.HostTransactions;

/// <summary>A context that cannot carry the bot is refused with the cure, before any database is asked.</summary>
public sealed class HostTransactionRefusalTests
{
    [Fact]
    public async Task A_context_without_the_tables_is_told_the_call_that_adds_them() => Assert.Contains(
        "Call modelBuilder.AddScheduledBots() in OnModelCreating of BareContext",
        await RefusalAsync(services => services.AddDbContext<BareContext>(UseSqlite).AddScheduledBots().UseEfCoreStorage<BareContext>(), NewContext<BareContext>()),
        StringComparison.Ordinal);

    // Mutant: any context that has the tables will do.
    [Fact]
    public async Task Another_context_than_the_schedulers_is_told_which_one_it_is() => Assert.Equal(
        "The scheduler keeps its bots in BookingContext, and this is HostContext. Schedule in a transaction of BookingContext.",
        await RefusalAsync(services => services.AddDbContext<BookingContext>(UseSqlite).AddScheduledBots().UseEfCoreStorage<BookingContext>(), NewContext<HostContext>()));

    [Fact]
    public async Task A_scheduler_with_a_context_of_its_own_names_the_registration_it_needs() => Assert.Contains(
        "Call UseEfCoreStorage<BookingContext>() and modelBuilder.AddScheduledBots()",
        await RefusalAsync(services => services.AddScheduledBots().UseEfCoreStorage(UseSqlite), NewContext<BookingContext>()),
        StringComparison.Ordinal);

    [Fact]
    public async Task A_scheduler_with_another_storage_names_the_registration_it_needs() => Assert.Contains(
        "Register it with UseEfCoreStorage<TContext>()",
        await RefusalAsync(services => services.AddScheduledBots().Services.AddKeyedSingleton<IBotStore>("", new ModelStore()), NewContext<BookingContext>()),
        StringComparison.Ordinal);

    private static void UseSqlite(DbContextOptionsBuilder options) => options.UseSqlite("Data Source=no-such-folder/no.db");

    private static TContext NewContext<TContext>()
        where TContext : DbContext
    {
        var options = new DbContextOptionsBuilder<TContext>();
        UseSqlite(options);
        return (TContext)Activator.CreateInstance(typeof(TContext), options.Options)!;
    }

    private static async Task<string> RefusalAsync(Action<IServiceCollection> register, DbContext context)
    {
        var services = new ServiceCollection();
        register(services);
        await using ServiceProvider provider = services.BuildServiceProvider();
        await using (context)
        {
            var error = await Assert.ThrowsAsync<InvalidOperationException>(
                () => provider.GetRequiredService<IBotScheduler>().ScheduleAsync(context, BookingHost.Request()));
            return error.Message;
        }
    }
}
