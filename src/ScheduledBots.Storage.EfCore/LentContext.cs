using Microsoft.EntityFrameworkCore;

namespace ScheduledBots.Storage.EfCore;

/// <summary>A context for one call, and the scope it came from where it has one.</summary>
internal readonly record struct LentContext(DbContext Context, IAsyncDisposable? Scope) : IAsyncDisposable
{
    public async ValueTask DisposeAsync()
    {
        if (Scope is not null)
        {
            await Scope.DisposeAsync(); // disposes the context too
        }
        else
        {
            await Context.DisposeAsync();
        }
    }
}
