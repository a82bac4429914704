using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using ScheduledBots.Storage.EfCore.Model;

namespace ScheduledBots.Storage.EfCore;

/// <summary>Adds the tables of ScheduledBots to a model.</summary>
/// <remarks>Used while a model is built; not thread-safe.</remarks>
public static partial class ScheduledBotsModelBuilderExtensions
{
    internal const string UnownedFilter = "owner IS NULL AND state IN (0, 1)";
    internal const string OwnedFilter = "owner IS NOT NULL AND state < 3";
    internal const string KeyFilter = "dedup_key IS NOT NULL AND state < 3";
    internal const string SettledFilter = "state >= 3";

    /// <summary>
    /// Adds the tables <c>scheduled_bots</c>, <c>scheduled_bots_nodes</c>, <c>scheduled_bots_history</c> and
    /// <c>scheduled_bots_schema</c>; call it in <c>OnModelCreating</c> of the context that <c>UseEfCoreStorage</c> is
    /// given, then add a migration. Schedulers of different names share the tables.
    /// </summary>
    /// <param name="modelBuilder">The model.</param>
    /// <param name="schema">The database schema of the tables, or null for the default one: a letter or an underscore, then at most 62 letters, digits and underscores; not pg_ at the beginning. SQLite has none and ignores it.</param>
    /// <returns>The model to go on with.</returns>
    /// <exception cref="ArgumentException">The schema has another form.</exception>
    public static ModelBuilder AddScheduledBots(this ModelBuilder modelBuilder, string? schema = null)
    {
        ArgumentNullException.ThrowIfNull(modelBuilder);
        CheckSchema(schema);
        return AddTables(modelBuilder, schema, SchemaEntity.Current());
    }

    /// <summary>The version is a row of the model: a migration that is made with a newer library writes it by itself.</summary>
    internal static ModelBuilder AddTables(ModelBuilder modelBuilder, string? schema, SchemaEntity version)
    {
        modelBuilder.Entity<BotEntity>(bot => Configure(bot, schema));
        modelBuilder.Entity<NodeEntity>(node => Configure(node, schema));
        modelBuilder.Entity<HistoryEntity>(line => Configure(line, schema));
        modelBuilder.Entity<SchemaEntity>(row => Configure(row, schema, version));
        return modelBuilder;
    }

    internal static void CheckSchema(string? schema)
    {
        if (schema is not null && (!SchemaName().IsMatch(schema) || schema.StartsWith("pg_", StringComparison.Ordinal)))
        {
            throw new ArgumentException(
                $"The schema has {schema.Length} characters, or others than allowed; give a letter or an underscore, then at most 62 letters, digits and underscores, and not pg_ at the beginning, which PostgreSQL keeps to itself.",
                nameof(schema));
        }
    }

    private static void Configure(EntityTypeBuilder<BotEntity> bot, string? schema)
    {
        bot.ToTable("scheduled_bots", schema);
        bot.HasKey(row => new { row.Scheduler, row.Id }).HasName("pk_scheduled_bots");
        foreach (BotColumn column in BotColumn.All)
        {
            PropertyBuilder property = bot.Property(column.Property).HasColumnName(column.Name).ValueGeneratedNever();
            if (column.MaxLength is { } length)
            {
                property.HasMaxLength(length);
            }
        }

        bot.Property(row => row.Lateness).HasColumnName("lateness").HasComputedColumnSql("started_at - join_at", stored: true);

        // What is claimed must leave the index that is polled at once, hence the filters. Left in it, claims were measured
        // at a tenth of the speed, and slower with every further node.
        bot.HasIndex(row => new { row.Scheduler, row.JoinAt, row.Id }, "ix_scheduled_bots_unowned").HasFilter(UnownedFilter);
        bot.HasIndex(row => new { row.Scheduler, row.Owner, row.JoinAt, row.Id }, "ix_scheduled_bots_owned").HasFilter(OwnedFilter);
        bot.HasIndex(row => new { row.Scheduler, row.Tenant, row.DedupKey }, "ix_scheduled_bots_key").HasFilter(KeyFilter).IsUnique();
        bot.HasIndex(row => new { row.Scheduler, row.SettledAt }, "ix_scheduled_bots_settled").HasFilter(SettledFilter);
        bot.HasIndex(row => new { row.Scheduler, row.JoinAt, row.Id }, "ix_scheduled_bots_listed");
    }

    private static void Configure(EntityTypeBuilder<NodeEntity> node, string? schema)
    {
        node.ToTable("scheduled_bots_nodes", schema);
        node.HasKey(row => new { row.Scheduler, row.NodeId }).HasName("pk_scheduled_bots_nodes");
        node.Property(row => row.Scheduler).HasColumnName("scheduler").HasMaxLength(BotColumn.MaxSchedulerLength);
        node.Property(row => row.NodeId).HasColumnName("node_id").ValueGeneratedNever();
        node.Property(row => row.Name).HasColumnName("name");
        node.Property(row => row.Version).HasColumnName("version");
        node.Property(row => row.Beat).HasColumnName("beat");
        node.Property(row => row.Status).HasColumnName("status");
        node.Property(row => row.SeenAt).HasColumnName("seen_at");
        node.Property(row => row.DeadAt).HasColumnName("dead_at");
    }

    private static void Configure(EntityTypeBuilder<HistoryEntity> line, string? schema)
    {
        line.ToTable("scheduled_bots_history", schema);
        line.HasKey(row => new { row.Scheduler, row.BotId, row.Seq }).HasName("pk_scheduled_bots_history");
        line.Property(row => row.Scheduler).HasColumnName("scheduler").HasMaxLength(BotColumn.MaxSchedulerLength);
        line.Property(row => row.BotId).HasColumnName("bot_id").ValueGeneratedNever();
        line.Property(row => row.Seq).HasColumnName("seq").ValueGeneratedNever();
        line.Property(row => row.At).HasColumnName("at");
        line.Property(row => row.FromState).HasColumnName("from_state");
        line.Property(row => row.ToState).HasColumnName("to_state");
        line.Property(row => row.Node).HasColumnName("node");
        line.Property(row => row.Attempt).HasColumnName("attempt");
        line.Property(row => row.Reason).HasColumnName("reason");
    }

    private static void Configure(EntityTypeBuilder<SchemaEntity> row, string? schema, SchemaEntity version)
    {
        row.ToTable("scheduled_bots_schema", schema);
        row.HasKey(entity => entity.Id).HasName("pk_scheduled_bots_schema");
        row.Property(entity => entity.Id).HasColumnName("id").ValueGeneratedNever();
        row.Property(entity => entity.Version).HasColumnName("version");
        row.Property(entity => entity.MinimumWriter).HasColumnName("minimum_writer");
        row.HasData(version);
    }

    [GeneratedRegex(@"\A[A-Za-z_][A-Za-z0-9_]{0,62}\z")]
    private static partial Regex SchemaName();
}
