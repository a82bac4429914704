using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;

namespace ScheduledBots.Storage.EfCore;

/// <summary>The context of a store that the host has given a database and no context.</summary>
internal sealed class ScheduledBotsContext(DbContextOptions<ScheduledBotsContext> options) : DbContext(options)
{
    public string? Schema => this.GetService<IDbContextOptions>().FindExtension<SchemaExtension>()?.Schema;

    protected override void OnModelCreating(ModelBuilder modelBuilder) => modelBuilder.AddScheduledBots(Schema);
}
