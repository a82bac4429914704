using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;

namespace ScheduledBots.Storage.EfCore;

/// <summary>Our own context, on the database that the host names; used ones are used again, because making one costs as much as a small statement.</summary>
internal sealed class OwnContextSource(DbContextOptions<ScheduledBotsContext> options) : IContextSource
{
    /// <summary>More than a pool of connections has; what is lent beyond it is made and thrown away.</summary>
    private const int MaxKept = 128;

    private readonly PooledDbContextFactory<ScheduledBotsContext> _contexts = new(options, MaxKept);

    /// <inheritdoc/>
    public string Cure => "The store creates them when it starts: give its user the right to create tables, or create them by hand.";

    /// <inheritdoc/>
    public string UpgradeCure => "They were made by an older release: bring them up by the statements of its changelog, or name another schema, where new ones are made.";

    /// <inheritdoc/>
    public bool CreatesTables => true;

    /// <inheritdoc/>
    public string? Refusal(DbContext context) =>
        $"The scheduler keeps its bots through a context of its own, and {context.GetType().Name} knows nothing of them. Call UseEfCoreStorage<{context.GetType().Name}>() and modelBuilder.AddScheduledBots() to schedule in its transactions.";

    /// <inheritdoc/>
    public LentContext Lend() => new(_contexts.CreateDbContext(), null);
}
