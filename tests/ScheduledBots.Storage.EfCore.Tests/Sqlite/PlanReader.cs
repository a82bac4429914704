using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace ScheduledBots.Storage.EfCore.Tests.Sqlite;

/// <summary>Asks, before each statement that writes rows and returns them, how SQLite will find them.</summary>
internal sealed class PlanReader : DbCommandInterceptor
{
    /// <summary>The steps of all plans.</summary>
    public List<string> Steps { get; } = [];

    public override async ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default)
    {
        string statement = command.CommandText;
        if (statement.Contains("RETURNING", StringComparison.Ordinal) && statement.Contains("MATERIALIZED", StringComparison.Ordinal))
        {
            command.CommandText = "EXPLAIN QUERY PLAN " + statement;
            await using (DbDataReader plan = await command.ExecuteReaderAsync(cancellationToken))
            {
                while (await plan.ReadAsync(cancellationToken))
                {
                    Steps.Add(plan.GetString(3));
                }
            }

            command.CommandText = statement;
        }

        return result;
    }
}
