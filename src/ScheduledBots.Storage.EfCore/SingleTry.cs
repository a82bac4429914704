using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace ScheduledBots.Storage.EfCore;

/// <summary>
/// Runs a call once. A context with <c>EnableRetryOnFailure</c> would send a statement whose answer was lost a second
/// time, and it might apply twice; inside of this strategy such a context leaves the retrying to us.
/// </summary>
internal sealed class SingleTry(DbContext context) : ExecutionStrategy(context, maxRetryCount: 0, maxRetryDelay: TimeSpan.Zero)
{
    /// <inheritdoc/>
    protected override bool ShouldRetryOn(Exception exception) => false;
}
