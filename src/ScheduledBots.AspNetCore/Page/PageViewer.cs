using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using ScheduledBots.AspNetCore.Contracts;
using ScheduledBots.Lifecycle;

namespace ScheduledBots.AspNetCore.Page;

/// <summary>
/// One open page: a stream of server-sent events. An <c>overview</c> comes every second and sooner where something changed, <c>changes</c> name
/// the bots that did.
/// </summary>
/// <remarks>
/// <para>What happens between two beats of the stream is told together: a herd of thousands costs a viewer one overview and a hundred names. A
/// client that does not take its bytes is dropped after a while, and waits in no queue: only what it has not been told yet is kept, by id.</para>
/// <para>A stream ends by itself after some minutes. The browser opens the next one at once, and whoever is not let in any more finds out.</para>
/// </remarks>
internal sealed class PageViewer(PageModel model, TimeProvider timeProvider) : IDisposable
{
    /// <summary>The most bots named at once; for more than that, the page reads its list again.</summary>
    public const int MaxChanges = 100;

    private static readonly TimeSpan Beat = TimeSpan.FromMilliseconds(250);
    private const int BeatsOfRest = 4;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(10);

    private readonly Lock _lock = new();
    private readonly HashSet<BotId> _changed = [];
    private bool _hasMore;

    public PageModel Model { get; } = model;

    /// <summary>Called with this viewer when it goes away.</summary>
    public required Action<PageViewer> OnLeave { get; init; }

    /// <summary>A bot is not as it was.</summary>
    public void Tell(BotId id)
    {
        lock (_lock)
        {
            _hasMore |= _changed.Count >= MaxChanges && !_changed.Contains(id);
            if (!_hasMore)
            {
                _changed.Add(id);
            }
        }
    }

    /// <summary>Sends until the client goes, falls behind, or the time of the stream is over.</summary>
    public async Task SendAsync(HttpContext context, CancellationToken stopping)
    {
        context.Response.ContentType = "text/event-stream";
        context.Response.Headers["X-Accel-Buffering"] = "no";
        context.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
        using var lifetime = new CancellationTokenSource(Lifetime, timeProvider);
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, stopping, lifetime.Token);
        using var beats = new PeriodicTimer(Beat, timeProvider);
        int rested = BeatsOfRest;
        try
        {
            do
            {
                (IReadOnlyList<BotId> changed, bool hasMore) = Take();
                if (changed.Count > 0)
                {
                    await WriteAsync(context, "changes", Changes(changed, hasMore), PageJson.Default.PageChanges, ended.Token);
                }

                if (changed.Count > 0 || ++rested >= BeatsOfRest)
                {
                    rested = 0;
                    await WriteAsync(context, "overview", Model.Overview(), PageJson.Default.PageOverview, ended.Token);
                }
            }
            while (await beats.WaitForNextTickAsync(ended.Token));
        }
        catch (OperationCanceledException)
        {
            // Whoever ended it, there is nobody to tell: the client opens the next stream, or is gone.
        }
    }

    /// <inheritdoc/>
    public void Dispose() => OnLeave(this);

    private (IReadOnlyList<BotId> Changed, bool HasMore) Take()
    {
        lock (_lock)
        {
            (IReadOnlyList<BotId>, bool) taken = ([.. _changed], _hasMore);
            _changed.Clear();
            _hasMore = false;
            return taken;
        }
    }

    private PageChanges Changes(IReadOnlyList<BotId> changed, bool hasMore)
    {
        DateTimeOffset now = timeProvider.GetUtcNow();
        return new PageChanges
        {
            HasMore = hasMore,
            Bots = [.. Model.Look(changed).Select(one => PageChanges.ChangeView.Of(one.Id, one.Bot, now))],
        };
    }

    private async Task WriteAsync<T>(HttpContext context, string name, T value, JsonTypeInfo<T> type, CancellationToken ended)
    {
        using var patience = new CancellationTokenSource(Patience, timeProvider);
        using var writing = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, ended);
        try
        {
            await context.Response.WriteAsync($"event: {name}\ndata: {JsonSerializer.Serialize(value, type)}\n\n", writing.Token);
            await context.Response.Body.FlushAsync(writing.Token);
        }
        catch (OperationCanceledException) when (patience.IsCancellationRequested)
        {
            context.Abort();
            throw;
        }
    }
}
