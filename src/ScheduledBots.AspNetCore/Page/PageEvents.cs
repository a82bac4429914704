using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using ScheduledBots.Extensibility;
using ScheduledBots.Storage;

namespace ScheduledBots.AspNetCore.Page;

/// <summary>
/// Hears the events of a scheduler for its open pages, and knows those: viewers of the same tenant and range share one model, which ends when
/// the last of them leaves. With no page open it holds nothing and reads nothing.
/// </summary>
/// <remarks>
/// Thread-safe; a keyed singleton of the scheduler's name. It asks for the nodes only when a page is opened: they come from what tells the
/// observers, of which this is one.
/// </remarks>
internal sealed class PageEvents(Func<INodeDirectory> nodes, TimeProvider timeProvider, ILogger log) : IBotObserver, IDisposable
{
    /// <summary>The most pages that are open at once.</summary>
    public const int MaxViewers = 100;

    private readonly Lock _lock = new();
    private ImmutableArray<PageModel> _models = [];
    private int _viewerCount;

    /// <summary>How many pages are open, and how many models they look at.</summary>
    public (int Viewers, int Models) Count
    {
        get
        {
            lock (_lock)
            {
                return (_viewerCount, _models.Length);
            }
        }
    }

    /// <summary>A page is opened.</summary>
    /// <returns>Its viewer, to be disposed when the client has gone; null where too many are open.</returns>
    public PageViewer? Open(IBotScheduler bots, string? tenant, PageRange range)
    {
        lock (_lock)
        {
            if (_viewerCount == MaxViewers)
            {
                return null;
            }

            PageModel? model = _models.FirstOrDefault(one => one.Tenant == tenant && one.Range == range);
            bool isNew = model is null;
            model ??= new PageModel(bots, tenant, range, nodes(), timeProvider, log);
            var viewer = new PageViewer(model, timeProvider) { OnLeave = Close };
            model.Add(viewer);
            _viewerCount++;
            if (isNew)
            {
                _models = _models.Add(model);
                model.Start();
            }

            return viewer;
        }
    }

    /// <inheritdoc/>
    public Task OnEventAsync(BotEvent botEvent, CancellationToken cancellationToken)
    {
        foreach (PageModel model in _models)
        {
            model.Hear(botEvent);
        }

        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (PageModel model in _models)
        {
            model.Dispose();
        }
    }

    private void Close(PageViewer viewer)
    {
        lock (_lock)
        {
            _viewerCount--;
            viewer.Model.Remove(viewer);
            if (viewer.Model.ViewerCount == 0)
            {
                _models = _models.Remove(viewer.Model);
                viewer.Model.Dispose();
            }
        }
    }
}
