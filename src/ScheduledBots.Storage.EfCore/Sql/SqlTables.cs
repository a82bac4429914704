using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage;
using ScheduledBots.Storage.EfCore.Model;

namespace ScheduledBots.Storage.EfCore.Sql;

/// <summary>The tables' names as statements write them: with their schema, in quotes.</summary>
internal sealed record SqlTables(string Bots, string Nodes, string History, string Schema)
{
    public static SqlTables Of(DbContext context) => new(
        Name<BotEntity>(context), Name<NodeEntity>(context), Name<HistoryEntity>(context), Name<SchemaEntity>(context));

    private static string Name<TEntity>(DbContext context)
    {
        IEntityType type = context.Model.FindEntityType(typeof(TEntity))!; // a store whose model lacks it is not opened
        return context.GetService<ISqlGenerationHelper>().DelimitIdentifier(type.GetTableName()!, type.GetSchema());
    }
}
