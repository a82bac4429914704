using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using ScheduledBots.Extensibility;
using ScheduledBots.Lifecycle;
using ScheduledBots.Storage;

namespace ScheduledBots.AspNetCore.Page;

/// <summary>
/// What the viewers of one tenant and one range look at. It lives as long as somebody looks: it hears the events of this process at once, and
/// reads the store, because other processes write it too: what is about to join every second, the whole range every ten.
/// </summary>
/// <remarks>Thread-safe. A read takes at most a tenth of the time: a slow store is asked more seldom.</remarks>
internal sealed class PageModel(
    IBotScheduler bots, string? tenant, PageRange range, INodeDirectory nodes, TimeProvider timeProvider, ILogger log) : IDisposable
{
    /// <summary>The most bots that are held; what comes after them in time is not counted, and the page says so.</summary>
    public const int MaxBots = 20_000;

    /// <summary>From so long before its instant a bot is staged and armed, as a rule; it is looked at more often.</summary>
    private static readonly TimeSpan Near = TimeSpan.FromMinutes(6);

    private static readonly TimeSpan NearInterval = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan WholeInterval = TimeSpan.FromSeconds(10);
    private const int ReadShare = 10;

    private readonly Lock _lock = new();
    private readonly PageWindow _window = new(MaxBots);
    private readonly CancellationTokenSource _ending = new();
    private ImmutableArray<PageViewer> _viewers = [];
    private DateTimeOffset? _readAt;
    private DateTimeOffset? _staleSince;

    /// <summary>Whose bots these are; null for everybody's.</summary>
    public string? Tenant { get; } = tenant;

    public PageRange Range { get; } = range;

    public int ViewerCount => _viewers.Length;

    /// <summary>Begins to read; the first overview has no bots yet.</summary>
    public void Start() => _ = Task.Run(() => RunAsync(_ending.Token));

    public void Add(PageViewer viewer) => ImmutableInterlocked.Update(ref _viewers, viewers => viewers.Add(viewer));

    public void Remove(PageViewer viewer) => ImmutableInterlocked.Update(ref _viewers, viewers => viewers.Remove(viewer));

    /// <summary>Takes in an event of this process.</summary>
    public void Hear(BotEvent told)
    {
        if (Tenant is not null && Tenant != told.Tenant)
        {
            return;
        }

        bool isChanged;
        lock (_lock)
        {
            isChanged = _window.Hear(told);
        }

        if (isChanged)
        {
            Tell(told.Id);
        }
    }

    /// <summary>Everything at a glance, as of now.</summary>
    public PageOverview Overview()
    {
        DateTimeOffset now = timeProvider.GetUtcNow();
        var tally = new PageTally(Range, now);
        lock (_lock)
        {
            foreach ((BotId id, PageBot bot) in _window.Bots)
            {
                tally.Add(id, bot);
            }

            return tally.ToOverview(Tenant is null ? nodes.Nodes : null, _readAt is null, _window.IsCut, _staleSince);
        }
    }

    /// <summary>Some bots as they are now; null for those that are gone.</summary>
    public IReadOnlyList<(BotId Id, PageBot? Bot)> Look(IEnumerable<BotId> ids)
    {
        lock (_lock)
        {
            return [.. ids.Select(id => (id, _window.Bots.TryGetValue(id, out PageBot bot) ? bot : (PageBot?)null))];
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _ending.Cancel();

    private async Task RunAsync(CancellationToken ended)
    {
        long? wholeReadAt = null;
        while (!ended.IsCancellationRequested)
        {
            long begun = timeProvider.GetTimestamp();
            bool isWhole = wholeReadAt is not { } at || timeProvider.GetElapsedTime(at) >= WholeInterval;
            if (await TryReadAsync(isWhole, ended) && isWhole)
            {
                wholeReadAt = timeProvider.GetTimestamp();
            }

            TimeSpan pause = ReadShare * timeProvider.GetElapsedTime(begun);
            await Task.Delay(pause > NearInterval ? pause : NearInterval, timeProvider, ended).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Reads, or remembers that the store does not answer.</summary>
    private async Task<bool> TryReadAsync(bool isWhole, CancellationToken ended)
    {
        try
        {
            IReadOnlyList<BotId> changed = await ReadAsync(isWhole, ended);
            foreach (BotId id in changed)
            {
                Tell(id);
            }

            return true;
        }
        catch (Exception error)
        {
            bool isNews;
            lock (_lock)
            {
                _window.AbandonRead();
                isNews = _staleSince is null && !ended.IsCancellationRequested;
                _staleSince ??= _readAt ?? timeProvider.GetUtcNow();
            }

            if (isNews)
            {
                PageLog.ReadFailed(log, error.GetType().Name);
            }

            return false;
        }
    }

    private async Task<IReadOnlyList<BotId>> ReadAsync(bool isWhole, CancellationToken ended)
    {
        DateTimeOffset now = timeProvider.GetUtcNow();
        DateTimeOffset from = isWhole ? now - Range.Past : now - Near;
        DateTimeOffset until = now + (isWhole || Range.Ahead < Near ? Range.Ahead : Near);
        lock (_lock)
        {
            _window.MoveTo(now - Range.Past, now + Range.Ahead);
            _window.BeginRead();
        }

        var read = new List<Bot>();
        string? cursor = null;
        do
        {
            BotPage page = await bots.ListAsync(
                new BotFilter { From = from, Until = until, Cursor = cursor, PageSize = BotFilter.MaxPageSize }, ended);
            read.AddRange(page.Bots);
            cursor = page.NextCursor;
        }
        while (cursor is not null && read.Count < (isWhole ? MaxBots : BotFilter.MaxPageSize));
        lock (_lock)
        {
            (_readAt, _staleSince) = (now, null);
            return _window.EndRead(from, cursor is null ? until : read[^1].JoinAt, read);
        }
    }

    private void Tell(BotId id)
    {
        foreach (PageViewer viewer in _viewers)
        {
            viewer.Tell(id);
        }
    }
}
