using Microsoft.EntityFrameworkCore;

namespace ScheduledBots.Storage.EfCore;

/// <summary>Our own context, on the database that the host names.</summary>
internal sealed class OwnContextSource(DbContextOptions<ScheduledBotsContext> options) : IContextSource
{
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
    public LentContext Lend() => new(new ScheduledBotsContext(options), null);
}
