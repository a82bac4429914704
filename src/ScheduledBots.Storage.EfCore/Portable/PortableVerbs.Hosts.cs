using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage;
using ScheduledBots.Lifecycle;
using ScheduledBots.Storage.EfCore.Model;

namespace ScheduledBots.Storage.EfCore.Portable;

/// <summary>Inserting on a context of the host's, inside of its transaction. Its change tracker holds the host's own changes, so nothing here may touch it.</summary>
internal partial class PortableVerbs
{
    private const string Savepoint = "scheduled_bots";

    public virtual async Task<IReadOnlyList<InsertOutcome>> InsertWithinAsync(
        DbContext context, IReadOnlyList<BotSnapshot> bots, CancellationToken cancellationToken)
    {
        List<InsertOutcome> outcomes = [];
        foreach (BotSnapshot bot in bots)
        {
            outcomes.Add(await ExistingAsync(context, bot, cancellationToken) is { } existing
                ? new InsertOutcome(existing, Inserted: false)
                : await InsertWithinAsync(context, bot, cancellationToken));
        }

        return outcomes;
    }

    /// <summary>A bot that somebody else inserts in between must not cost the host what it did before.</summary>
    private async Task<InsertOutcome> InsertWithinAsync(DbContext context, BotSnapshot bot, CancellationToken cancellationToken)
    {
        if (context.Database.CurrentTransaction is not { SupportsSavepoints: true } transaction)
        {
            await InsertRowAsync(context, BotEntity.From(Scheduler, bot), cancellationToken);
            return new InsertOutcome(bot, Inserted: true);
        }

        await transaction.CreateSavepointAsync(Savepoint, cancellationToken);
        try
        {
            await InsertRowAsync(context, BotEntity.From(Scheduler, bot), cancellationToken);
            await transaction.ReleaseSavepointAsync(Savepoint, cancellationToken);
            return new InsertOutcome(bot, Inserted: true);
        }
        catch (DbException)
        {
            await transaction.RollbackToSavepointAsync(Savepoint, CancellationToken.None);
            if (await ExistingAsync(context, bot, cancellationToken) is { } existing)
            {
                return new InsertOutcome(existing, Inserted: false);
            }

            throw;
        }
    }

    private static Task<int> InsertRowAsync(DbContext context, BotEntity row, CancellationToken cancellationToken)
    {
        IEntityType type = context.Model.FindEntityType(typeof(BotEntity))!;
        ISqlGenerationHelper sql = context.GetService<ISqlGenerationHelper>();
        using DbCommand maker = context.Database.GetDbConnection().CreateCommand();
        List<string> names = [], places = [];
        List<DbParameter> parameters = [];
        foreach (BotColumn column in BotColumn.All)
        {
            IProperty property = type.FindProperty(column.Property)!;
            names.Add(sql.DelimitIdentifier(property.GetColumnName()));
            places.Add(sql.GenerateParameterNamePlaceholder(column.Name));
            parameters.Add(property.GetRelationalTypeMapping().CreateParameter(
                maker, sql.GenerateParameterName(column.Name), column.Value(row), property.IsNullable));
        }

        string table = sql.DelimitIdentifier(type.GetTableName()!, type.GetSchema());
        string insert = $"INSERT INTO {table} ({string.Join(", ", names)}) VALUES ({string.Join(", ", places)})";
        return context.Database.ExecuteSqlRawAsync(insert, parameters, cancellationToken);
    }
}
