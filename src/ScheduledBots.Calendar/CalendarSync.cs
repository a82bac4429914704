using System.Security.Cryptography;
using ScheduledBots.Calendar.Sources;
using ScheduledBots.Calendar.Syncing;
using ScheduledBots.Lifecycle;

namespace ScheduledBots.Calendar;

/// <summary>Keeps the bots of one feed in step with it: each call reads the feed and makes the bots as it says.</summary>
/// <remarks>
/// <para>Thread-safe; calls run one after the other. What is remembered between calls only saves work: any node may sync the same feed,
/// after any restart, in any order.</para>
/// <para>A bot belongs to a feed by its deduplication key, which the feed's name is part of; a feed that is renamed gets new bots.</para>
/// </remarks>
public sealed class CalendarSync : IDisposable
{
    /// <summary>
    /// How long ago an event may have begun for its bot still to be looked at: a bot that joins late is not to be cancelled because
    /// its event has begun.
    /// </summary>
    private static readonly TimeSpan LookBack = TimeSpan.FromDays(1);

    private readonly SemaphoreSlim _turn = new(1);
    private readonly string _feed;
    private readonly CalendarSource _source;
    private readonly IBotScheduler _scheduler;
    private readonly CalendarFeedOptions _options;
    private readonly TimeProvider _time;
    private CalendarContents? _contents;
    private byte[] _hash = [];
    private SourceMark? _mark;

    /// <summary>Prepares a feed; nothing is read yet.</summary>
    /// <param name="feed">The feed's name: 1 to 64 ASCII letters, digits, dots, hyphens and underscores; no other feed of the scheduler has it.</param>
    /// <param name="source">Where the feed comes from.</param>
    /// <param name="scheduler">The scheduler; the caller's to dispose.</param>
    /// <param name="options">How it is read; null for the defaults.</param>
    /// <param name="time">The host's clock; null for the system's.</param>
    /// <exception cref="ArgumentException">The name or the options break a rule; the message says all of them.</exception>
    public CalendarSync(string feed, CalendarSource source, IBotScheduler scheduler, CalendarFeedOptions? options = null, TimeProvider? time = null)
    {
        ArgumentNullException.ThrowIfNull(feed);
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(scheduler);
        if (!CalendarFeedRules.IsName(feed))
        {
            throw new ArgumentException($"A feed's name has 1 to {CalendarFeedRules.MaxNameLength} ASCII letters, digits, dots, hyphens and underscores.", nameof(feed));
        }

        options ??= new CalendarFeedOptions();
        CalendarFeedRules.Check(options);
        _feed = feed;
        _source = source;
        _scheduler = scheduler;
        _options = options;
        _time = time ?? TimeProvider.System;
    }

    /// <summary>Reads the feed and schedules, changes and cancels bots until they are as it says.</summary>
    /// <param name="cancellationToken">Gives up; what was changed by then stays, and the next sync does the rest.</param>
    /// <returns>What was done, what was refused, and what could not be read.</returns>
    /// <exception cref="CalendarFeedException">The feed cannot be read as a whole; no bot was touched.</exception>
    /// <exception cref="ObjectDisposedException">The sync or the scheduler has been disposed.</exception>
    public async Task<CalendarSyncReport> SyncAsync(CancellationToken cancellationToken = default)
    {
        await _turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            bool isUnchanged = !await RefreshAsync(cancellationToken).ConfigureAwait(false);
            DateTimeOffset now = _time.GetUtcNow();
            CalendarMeetings found = _contents!.Between(now - LookBack, now + _options.Window, cancellationToken);
            List<Bot> bots = await BotsAsync(now, cancellationToken).ConfigureAwait(false);
            SyncPlan plan = SyncPlan.Make(_feed, _options, found, bots, now);
            CalendarSyncReport report = await new SyncRun(_scheduler).DoAsync(plan, cancellationToken).ConfigureAwait(false);
            return report with { IsUnchanged = isUnchanged, Problems = found.Problems };
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _turn.Dispose();

    /// <summary>Reads the feed, and parses it if it changed.</summary>
    private async Task<bool> RefreshAsync(CancellationToken cancellationToken)
    {
        SourceAnswer answer = await _source.ReadAsync(_mark, _options, _time, cancellationToken).ConfigureAwait(false);
        if (answer.Bytes is null)
        {
            return false;
        }

        byte[] hash = SHA256.HashData(answer.Bytes);
        bool isChanged = _contents is null || !hash.AsSpan().SequenceEqual(_hash);
        if (isChanged)
        {
            CalendarContents contents = CalendarContents.Parse(answer.Bytes, _options, cancellationToken);
            if (!contents.IsComplete)
            {
                throw new CalendarFeedException("The feed has no line END:VCALENDAR, so it was cut off. What is missing from it would be cancelled; it is read again at the next sync.");
            }

            _contents = contents;
            _hash = hash;
        }

        // Only now: a version that could not be parsed is asked for again, in full.
        _mark = answer.Mark;
        return isChanged;
    }

    private async Task<List<Bot>> BotsAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        string prefix = MeetingKey.FeedPrefix(_feed);
        var filter = new BotFilter { Tenant = _options.Tenant, From = now - LookBack, PageSize = BotFilter.MaxPageSize };
        List<Bot> bots = [];
        await foreach (Bot bot in _scheduler.ListAllAsync(filter, cancellationToken).ConfigureAwait(false))
        {
            if (bot.DeduplicationKey?.StartsWith(prefix, StringComparison.Ordinal) == true)
            {
                bots.Add(bot);
            }
        }

        return bots;
    }
}
