using Microsoft.EntityFrameworkCore;
using ScheduledBots.Storage.EfCore.Portable;

namespace ScheduledBots.Storage.EfCore.Tests.Portable;

/// <summary>
/// The portable form as it is, but for a queue before the transactions: SQLite lets one writer in, by luck and not in turn.
/// What was read before the transaction is as stale as ever.
/// </summary>
internal sealed class QueuedVerbs(string scheduler) : PortableVerbs(scheduler)
{
    private static readonly SemaphoreSlim Queue = new(1);

    protected override SemaphoreSlim? WriterQueue(DbContext context) => Queue;
}
