using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using ScheduledBots.Storage.EfCore.Model;

namespace ScheduledBots.Storage.EfCore.Tests;

/// <summary>A host's context as a later library would make it: one more column, another version.</summary>
public sealed class LaterContext(DbContextOptions<LaterContext> options) : DbContext(options)
{
    public int MinimumWriter { get; init; }

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        ScheduledBotsModelBuilderExtensions.AddTables(modelBuilder, null, new SchemaEntity { Id = 1, Version = 2, MinimumWriter = MinimumWriter });
        modelBuilder.Entity<BotEntity>().Property<string>("later").HasDefaultValue("").IsRequired();
    }

    /// <summary>Two versions of one context are two models.</summary>
    internal sealed class Keys : IModelCacheKeyFactory
    {
        public object Create(DbContext context, bool designTime) => (context.GetType(), (context as LaterContext)?.MinimumWriter, designTime);
    }
}
