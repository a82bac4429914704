using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace ScheduledBots.Storage.EfCore.Tests.Sqlite;

/// <summary>Lets SQLite find its disk full: its file may not grow by a page.</summary>
internal sealed class FullDisk : DbConnectionInterceptor
{
    public override Task ConnectionOpenedAsync(DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        using DbCommand command = connection.CreateCommand();
        command.CommandText = "PRAGMA max_page_count = 1";
        command.ExecuteNonQuery();
        return Task.CompletedTask;
    }
}
