using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using ScheduledBots.Storage.EfCore.Model;

namespace ScheduledBots.Storage.EfCore;

/// <summary>The host's own context: from its factory where it has one, else from a scope of our own.</summary>
internal sealed class HostContextSource<TContext>(IServiceProvider services) : IContextSource
    where TContext : DbContext
{
    private readonly IDbContextFactory<TContext>? _factory = services.GetService<IDbContextFactory<TContext>>();

    /// <inheritdoc/>
    public string Cure => $"Call modelBuilder.AddScheduledBots() in OnModelCreating of {typeof(TContext).Name}, then add a migration (dotnet ef migrations add ScheduledBots) and apply it (dotnet ef database update, or Database.MigrateAsync() before the host starts).";

    /// <inheritdoc/>
    public string UpgradeCure => $"Add a migration to {typeof(TContext).Name} with this library (dotnet ef migrations add UpgradeScheduledBots) and apply it (dotnet ef database update, or Database.MigrateAsync() before the host starts).";

    /// <inheritdoc/>
    public bool CreatesTables => false;

    /// <inheritdoc/>
    public string? Refusal(DbContext context) =>
        context is not TContext
            ? $"The scheduler keeps its bots in {typeof(TContext).Name}, and this is {context.GetType().Name}. Schedule in a transaction of {typeof(TContext).Name}."
        : context.Model.FindEntityType(typeof(BotEntity)) is null ? $"{context.GetType().Name} has no tables of ScheduledBots. {Cure}"
        : null;

    /// <inheritdoc/>
    public LentContext Lend()
    {
        if (_factory is not null)
        {
            return new LentContext(_factory.CreateDbContext(), null);
        }

        AsyncServiceScope scope = services.CreateAsyncScope();
        return new LentContext(scope.ServiceProvider.GetRequiredService<TContext>(), scope);
    }
}
