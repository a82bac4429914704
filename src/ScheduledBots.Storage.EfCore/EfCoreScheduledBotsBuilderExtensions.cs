using System.Diagnostics.CodeAnalysis;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.Extensions.DependencyInjection.Extensions;
using ScheduledBots.DependencyInjection;
using ScheduledBots.Storage;
using ScheduledBots.Storage.EfCore;
using ScheduledBots.Storage.EfCore.HostTransactions;
using ScheduledBots.Storage.EfCore.Model;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Chooses a relational database, through EF Core, as the storage.</summary>
/// <remarks>Used while the container is set up; not thread-safe.</remarks>
public static class EfCoreScheduledBotsBuilderExtensions
{
    private const DynamicallyAccessedMemberTypes ContextMembers =
        DynamicallyAccessedMemberTypes.PublicConstructors | DynamicallyAccessedMemberTypes.NonPublicConstructors | DynamicallyAccessedMemberTypes.PublicProperties;

    /// <summary>
    /// Keeps bots in the database of the host's own context. The model gets its tables by <c>modelBuilder.AddScheduledBots()</c>,
    /// the database by a migration of the host's. The context comes from an <see cref="IDbContextFactory{TContext}"/> where
    /// one is registered, else from a scope of the store's own. <see cref="HostTransactionExtensions"/> schedules in a transaction of the
    /// host's; all other calls make transactions of their own.
    /// </summary>
    /// <typeparam name="TContext">The host's context.</typeparam>
    /// <param name="builder">The scheduler.</param>
    /// <returns>The builder to go on with.</returns>
    /// <exception cref="ArgumentException">The scheduler's name is longer than 128 characters.</exception>
    public static IScheduledBotsBuilder UseEfCoreStorage<[DynamicallyAccessedMembers(ContextMembers)] TContext>(this IScheduledBotsBuilder builder)
        where TContext : DbContext
    {
        Use(builder, services => new HostContextSource<TContext>(services));
        builder.Services.ConfigureDbContext<TContext>((services, options) => options.AddInterceptors(services.GetRequiredService<CommitWatch>()));
        return builder;
    }

    /// <summary>
    /// Keeps bots in a database through a context of the library's own, which makes its tables when it is first used; several
    /// processes may start at once.
    /// </summary>
    /// <param name="builder">The scheduler.</param>
    /// <param name="configure">Names the database: <c>options => options.UseNpgsql(connectionString)</c>.</param>
    /// <param name="schema">The database schema of the tables, or null for the default one; see <see cref="ScheduledBotsModelBuilderExtensions.AddScheduledBots"/>.</param>
    /// <returns>The builder to go on with.</returns>
    /// <exception cref="ArgumentException">The schema has another form than allowed, or the scheduler's name is longer than 128 characters.</exception>
    public static IScheduledBotsBuilder UseEfCoreStorage(
        this IScheduledBotsBuilder builder, Action<DbContextOptionsBuilder> configure, string? schema = null)
    {
        ArgumentNullException.ThrowIfNull(configure);
        ScheduledBotsModelBuilderExtensions.CheckSchema(schema);
        return Use(builder, services => OwnContexts(services, configure, schema));
    }

    internal static OwnContextSource OwnContexts(IServiceProvider? services, Action<DbContextOptionsBuilder> configure, string? schema)
    {
        var options = new DbContextOptionsBuilder<ScheduledBotsContext>();
        if (services is not null)
        {
            options.UseApplicationServiceProvider(services);
        }

        configure(options);
        ((IDbContextOptionsBuilderInfrastructure)options).AddOrUpdateExtension(new SchemaExtension(schema));
        return new OwnContextSource(options.Options);
    }

    private static IScheduledBotsBuilder Use(IScheduledBotsBuilder builder, Func<IServiceProvider, IContextSource> contexts)
    {
        ArgumentNullException.ThrowIfNull(builder);
        if (builder.Name.Length > BotColumn.MaxSchedulerLength)
        {
            throw new ArgumentException(
                $"The scheduler's name has {builder.Name.Length} characters; it is part of every key in the database, and {BotColumn.MaxSchedulerLength} fit.",
                nameof(builder));
        }

        builder.Services.TryAddSingleton<CommitWatch>();
        builder.Services.AddKeyedSingleton<IBotStore>(builder.Name, (services, _) => new EfCoreBotStore(
            contexts(services), builder.Name, services.GetRequiredService<TimeProvider>(), commits: services.GetRequiredService<CommitWatch>()));
        return builder;
    }
}
