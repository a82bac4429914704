using System.Text.Json;
using ScheduledBots.AspNetCore.Contracts;
using ScheduledBots.Lifecycle;
using ScheduledBots.Storage;

namespace ScheduledBots.AspNetCore.Page;

/// <summary>Counts the bots of a window once, into everything that an overview says of them.</summary>
internal sealed class PageTally
{
    /// <summary>How many bots at one instant are called a herd.</summary>
    public const int HerdSize = 10;

    private const int MaxHerds = 3;
    private const int MaxFailures = 20;
    private const int MaxNodes = 100;

    /// <summary>The upper bounds of the bins of lateness, in milliseconds.</summary>
    private static readonly double[] BoundsMs = [1, 2, 5, 10, 20, 50, 100, 1_000, 10_000];

    private static readonly int StateCount = Enum.GetValues<BotStatus>().Length;

    private readonly PageRange _range;
    private readonly DateTimeOffset _now;
    private readonly DateTimeOffset _firstBarAt;
    private readonly int[] _states = new int[StateCount];
    private readonly int[][] _bars;
    private readonly Dictionary<DateTimeOffset, int> _instants = [];
    private readonly Dictionary<NodeId, int> _owners = [];
    private readonly Dictionary<FailureReason, int> _reasons = [];
    private readonly List<(BotId Id, PageBot Bot)> _failures = [];
    private readonly List<double> _latenessMs = [];
    private DateTimeOffset? _nextJoinAt;

    public PageTally(PageRange range, DateTimeOffset now)
    {
        (_range, _now, _firstBarAt) = (range, now, range.FirstBarAt(now));
        _bars = [.. Enumerable.Range(0, range.BarCount).Select(_ => new int[StateCount])];
    }

    public void Add(BotId id, PageBot bot)
    {
        BotStatus status = bot.StatusAt(_now);
        _states[(int)status]++;
        double bar = (bot.JoinAt - _firstBarAt) / _range.Bar;
        if (bar >= 0 && bar < _bars.Length)
        {
            _bars[(int)bar][(int)status]++;
        }

        if (!bot.IsSettled)
        {
            AddUnsettled(bot);
        }
        else if (bot is { Status: BotStatus.Failed, Reason: { } reason })
        {
            _reasons[reason] = _reasons.GetValueOrDefault(reason) + 1;
            _failures.Add((id, bot));
        }

        if (bot is { IsAdHoc: false, Lateness: { } lateness })
        {
            _latenessMs.Add(lateness.TotalMilliseconds);
        }
    }

    /// <summary>What was counted, and the nodes that are known beside those that own bots.</summary>
    public PageOverview ToOverview(IReadOnlyList<NodeRow>? nodes, bool isLoading, bool isCut, DateTimeOffset? staleSince) => new()
    {
        Now = _now.UtcDateTime,
        IsLoading = isLoading,
        IsCut = isCut,
        StaleSince = staleSince?.UtcDateTime,
        States = _states,
        NextJoinAt = _nextJoinAt?.UtcDateTime,
        Timeline = new PageOverview.TimelineView
        {
            From = _firstBarAt.UtcDateTime,
            BarSeconds = _range.Bar.TotalSeconds,
            Bars = _bars,
            Herds = Herds(),
        },
        Lateness = Lateness(),
        Reasons = [.. _reasons.OrderByDescending(pair => pair.Value).Select(pair => new PageOverview.ReasonView(BotWords.Of(pair.Key), pair.Value))],
        Failures = [.. _failures.OrderByDescending(pair => pair.Bot.SettledAt).Take(MaxFailures).Select(pair => Failure(pair.Id, pair.Bot))],
        Nodes = nodes is null ? null : Nodes(nodes),
    };

    private void AddUnsettled(PageBot bot)
    {
        if (bot.Owner is { } owner)
        {
            _owners[owner] = _owners.GetValueOrDefault(owner) + 1;
        }

        if (bot.JoinAt >= _now)
        {
            _instants[bot.JoinAt] = _instants.GetValueOrDefault(bot.JoinAt) + 1;
            _nextJoinAt = _nextJoinAt <= bot.JoinAt ? _nextJoinAt : bot.JoinAt;
        }
    }

    private IReadOnlyList<PageOverview.HerdView> Herds() =>
    [
        .. _instants.Where(pair => pair.Value >= HerdSize)
            .OrderByDescending(pair => pair.Value)
            .ThenBy(pair => pair.Key)
            .Take(MaxHerds)
            .OrderBy(pair => pair.Key)
            .Select(pair => new PageOverview.HerdView(pair.Key.UtcDateTime, pair.Value)),
    ];

    private PageOverview.LatenessView Lateness()
    {
        _latenessMs.Sort();
        int[] bins = new int[BoundsMs.Length + 1];
        foreach (double latenessMs in _latenessMs)
        {
            int bin = Array.FindIndex(BoundsMs, bound => latenessMs <= bound);
            bins[bin < 0 ? BoundsMs.Length : bin]++;
        }

        return new PageOverview.LatenessView
        {
            Count = _latenessMs.Count,
            P50Ms = Quantile(0.5),
            P99Ms = Quantile(0.99),
            MaxMs = Quantile(1),
            BoundsMs = BoundsMs,
            Bins = bins,
        };
    }

    /// <summary>The smallest measured value that so large a part does not exceed.</summary>
    private double? Quantile(double part) =>
        _latenessMs.Count == 0 ? null : Math.Round(_latenessMs[Math.Max((int)Math.Ceiling(part * _latenessMs.Count), 1) - 1], 3);

    private static PageOverview.FailureView Failure(BotId id, PageBot bot) => new()
    {
        Id = id.ToString(),
        Name = bot.Name,
        Reason = BotWords.Of(bot.Reason!.Value),
        JoinAt = bot.JoinAt.UtcDateTime,
        SettledAt = bot.SettledAt?.UtcDateTime,
    };

    /// <summary>Those that beat or own bots; one that left or died and owns nothing any more is past.</summary>
    private IReadOnlyList<PageOverview.NodeView> Nodes(IReadOnlyList<NodeRow> known)
    {
        IEnumerable<PageOverview.NodeView> beating = known
            .Where(node => node.CanBeat || _owners.ContainsKey(node.Id) || _now - node.SeenAt < _range.Past)
            .Select(node => new PageOverview.NodeView
            {
                Id = node.Id.ToString(),
                Name = node.Name,
                Version = node.Version,
                Status = JsonNamingPolicy.SnakeCaseLower.ConvertName(node.Status.ToString()),
                Beat = node.Beat,
                SeenAt = node.SeenAt.UtcDateTime,
                Bots = _owners.GetValueOrDefault(node.Id),
            });
        IEnumerable<PageOverview.NodeView> owning = _owners
            .Where(pair => known.All(node => node.Id != pair.Key))
            .Select(pair => new PageOverview.NodeView { Id = pair.Key.ToString(), Bots = pair.Value });
        return [.. beating.Concat(owning).OrderByDescending(node => node.Bots).ThenBy(node => node.Id, StringComparer.Ordinal).Take(MaxNodes)];
    }
}
