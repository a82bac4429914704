using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace ScheduledBots.Storage.EfCore.Tests;

/// <summary>Lets SQLite forget to wait for the disk: what the tests ask does not survive the machine anyway.</summary>
internal sealed class Unsynchronized : DbConnectionInterceptor
{
    public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData)
    {
        using DbCommand command = connection.CreateCommand();
        command.CommandText = "PRAGMA synchronous = OFF; PRAGMA busy_timeout = 1500";
        command.ExecuteNonQuery();
    }

    public override Task ConnectionOpenedAsync(DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        ConnectionOpened(connection, eventData);
        return Task.CompletedTask;
    }
}
