using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace ScheduledBots.Storage.EfCore.Tests.Postgres;

/// <summary>Counts the statements that the server has undone for a deadlock or a conflict.</summary>
internal sealed class UndoneCounter : DbCommandInterceptor
{
    private int _count;

    public int Count => _count;

    public override Task CommandFailedAsync(DbCommand command, CommandErrorEventData eventData, CancellationToken cancellationToken = default)
    {
        if (StoreFaults.WasUndone(eventData.Exception))
        {
            Interlocked.Increment(ref _count);
        }

        return Task.CompletedTask;
    }
}
