using System.Collections.Concurrent;
using ScheduledBots.Lifecycle;
using ScheduledBots.Storage;
using ScheduledBots.Testing.Model;

namespace ScheduledBots.Testing.Conformance;

/// <summary>
/// Draws one random history of a store. It lets the model follow, so that most steps meet a bot that is there and in a
/// state that allows them; the rest meet what is gone, stale or another's.
/// </summary>
/// <remarks>
/// Ranges: ten ids, two tenants, two keys and none, four nodes; due instants, horizons and filters on a grid of five
/// minutes over an hour, so that boundaries are hit exactly. Histories of an even seed have many bots of one instant and
/// no limits; those of an odd seed have limits and no two bots of one instant, because which of two a limit cuts off is
/// the store's choice.
/// </remarks>
internal sealed class HistoryDraw
{
    private static readonly DateTimeOffset Start = new(2030, 1, 2, 3, 4, 5, TimeSpan.Zero);
    private static readonly NodeId[] Nodes = [.. Enumerable.Range(10, 4).Select(i => new NodeId(new Guid(i, 0, 0x7000, 0x80, 0, 0, 0, 0, 0, 0, 1)))];
    private static readonly string[] Tenants = ["", "a"];
    private static readonly string?[] Keys = [null, "k", "l"];

    private readonly Random _random;
    private readonly bool _limits;
    private readonly BotId[] _ids;
    private readonly ModelStore _model;
    private readonly List<BotSnapshot> _seen = [];
    private DateTimeOffset _now = Start;
    private int _drawn;
    private int _distinct;

    public HistoryDraw(int seed, ModelStore model)
    {
        _model = model;
        _random = new Random(seed);
        _limits = seed % 2 != 0;
        _ids = [.. Enumerable.Range(0, 10).Select(i => new BotId(new Guid(_random.Next(), (short)i, 0x7000, 0x80, 0, 0, 0, 0, 0, 0, 1)))];
    }

    /// <summary>Draws the steps, and counts what they met.</summary>
    public async Task<IReadOnlyList<StoreStep>> StepsAsync(int count, ConcurrentDictionary<string, int> met)
    {
        List<StoreStep> steps = [];
        for (int i = 0; i < count; i++)
        {
            // No two steps at one instant, so that no two bots settle at one.
            _now = _now.AddMicroseconds(1 + _random.Next(180_000_000));
            _drawn++;
            IReadOnlyList<BotSnapshot> rows = await AllAsync(_model);
            _seen.AddRange(rows.Except(_seen));
            StoreStep step = i < Nodes.Length ? StoreStep.Beat(AnyBeat(Nodes[i], isFirst: true)) : Step(rows);
            steps.Add(step);
            foreach (string outcome in (await step.AnswerAsync(_model)).Outcomes)
            {
                met.AddOrUpdate($"{step.Verb}: {outcome}", 1, (_, times) => times + 1);
            }
        }

        return steps;
    }

    /// <summary>Every row of a store, in the order of its lists.</summary>
    public static Task<IReadOnlyList<BotSnapshot>> AllAsync(IBotStore store) =>
        store.ListAsync(new BotQuery { Limit = 1000 }, CancellationToken.None);

    private StoreStep Step(IReadOnlyList<BotSnapshot> rows) => _random.Next(29) switch
    {
        < 4 => StoreStep.Insert([.. Enumerable.Range(0, 1 + _random.Next(3)).Select(_ => NewBot())]),
        < 8 => StoreStep.Change(AnyChange(rows)),
        < 11 => StoreStep.Claim(new ClaimQuery(Any(Nodes), AnyNow(), GridInstant(), AnyLimit())),
        < 13 => StoreStep.Arm(new ArmQuery(Any(Nodes), AnyNow(), GridInstant(), TimeSpan.FromMinutes(1))),
        < 19 => StoreStep.Commit(AnyCommits(rows)),
        19 => StoreStep.List(AnyQuery(rows)),
        20 => StoreStep.ReadMarks(new OwnedQuery(Any(Nodes), AnyPlace(rows), 1 + _random.Next(5))),
        21 => AnyReading(rows),
        22 => StoreStep.Erase(AnyId(rows)),
        23 or 24 => StoreStep.Beat(AnyBeat(Any(Nodes), OneIn(3))),
        25 => StoreStep.DeclareDead(Any(Nodes), 1 + _random.Next(3)),
        26 or 27 => StoreStep.Adopt(new AdoptQuery(Any(Nodes), AnyNow(), GridInstant(), AnyLimit())),
        _ => StoreStep.Prune(OneIn(2) ? _now.AddMinutes(1) : SettledInstant(rows), AnyLimit()),
    };

    private BeatQuery AnyBeat(NodeId node, bool isFirst) => new()
    {
        Node = node,
        Name = OneIn(4) ? "renamed" : "host",
        Version = "1.2.3",
        Status = Any([NodeStatus.Alive, NodeStatus.Alive, NodeStatus.Alive, NodeStatus.Alive, NodeStatus.Draining, NodeStatus.Left]),
        IsFirst = isFirst,
    };

    private BotSnapshot NewBot()
    {
        bool isOwned = OneIn(4);
        byte[] hash = new byte[OneIn(2) ? 32 : 0];
        _random.NextBytes(hash);
        return new BotSnapshot
        {
            Id = Any(_ids),
            Tenant = Any(Tenants),
            DeduplicationKey = Any(Keys),
            RequestHash = RequestHash.FromBytes(hash),
            CreatedAt = _now,
            TraceParent = OneIn(3) ? "trace" : null,
            MeetingUrl = "https://meet.example/" + _drawn,
            Name = "bot " + _drawn,
            Metadata = OneIn(2) ? "{}" : null,
            JoinAt = JoinInstant(),
            Owner = isOwned ? Any(Nodes) : null,
            Fence = new Fence(isOwned ? 1 : 0),
            Version = isOwned ? 1 : 0,
        };
    }

    private BotChange AnyChange(IReadOnlyList<BotSnapshot> rows)
    {
        BotChangeKind kind = Any([BotChangeKind.Update, BotChangeKind.Update, BotChangeKind.Cancel, BotChangeKind.Abort]);
        BotId id = AnyTarget(rows, kind);
        BotSnapshot? row = rows.FirstOrDefault(row => row.Id == id);
        bool isUpdate = kind == BotChangeKind.Update;
        return new BotChange
        {
            Id = id,
            Kind = kind,
            At = _now,
            ExpectedVersion = OneIn(2) ? null : (row?.Version ?? 0) + (OneIn(2) ? 1 : 0),
            Tenant = OneIn(2) ? null : OneIn(4) ? Any(Tenants) : row?.Tenant,
            JoinAt = isUpdate && OneIn(3) ? JoinInstant() : null,
            MeetingUrl = isUpdate && OneIn(4) ? "https://meet.example/moved" + _drawn : null,
            Name = isUpdate && OneIn(4) ? "renamed " + _drawn : null,
            Metadata = isUpdate && OneIn(2) ? "changed " + _drawn : null,
        };
    }

    private StoreStep AnyReading(IReadOnlyList<BotSnapshot> rows) => _random.Next(3) switch
    {
        0 => StoreStep.Find(Any(_ids)),
        1 => StoreStep.FindMany([.. Enumerable.Range(0, _random.Next(4)).Select(_ => AnyId(rows))]),
        _ => StoreStep.History(Any(_ids)),
    };

    private BotQueryPosition? AnyPlace(IReadOnlyList<BotSnapshot> rows) =>
        OneIn(2) || rows.Count == 0 ? null : new BotQueryPosition(Any(rows).JoinAt, Any(rows).Id);

    private BotQuery AnyQuery(IReadOnlyList<BotSnapshot> rows) => new()
    {
        Limit = 1 + _random.Next(5),
        Status = OneIn(2) ? null : Any(Enum.GetValues<BotStatus>()),
        Now = OneIn(2) ? default : GridInstant(),
        Tenant = OneIn(2) ? null : Any(Tenants),
        UnsettledKey = OneIn(4) ? Any(Keys) : null,
        From = OneIn(2) ? null : GridInstant(),
        Until = OneIn(2) ? null : GridInstant(),
        After = AnyPlace(rows),
    };

    /// <summary>Transitions of up to three different bots, each from its row as it is now or as it once was.</summary>
    private List<BotCommit> AnyCommits(IReadOnlyList<BotSnapshot> rows)
    {
        List<BotCommit> commits = [];
        for (int i = 1 + _random.Next(3); i > 0 && _seen.Count > 0; i--)
        {
            BotSnapshot before = rows.Count == 0 || OneIn(4) ? Any(_seen) : Any(rows);
            if (commits.All(commit => commit.Next.Id != before.Id))
            {
                commits.Add(AnyCommit(before));
            }
        }

        return commits;
    }

    private BotCommit AnyCommit(BotSnapshot before)
    {
        BotSnapshot next = Next(Bot.FromSnapshot(before)).ToSnapshot() with { Crashes = before.Crashes + (OneIn(8) ? 1 : 0) };
        var commit = new BotCommit
        {
            Owner = before.Owner ?? Any(Nodes),
            Fence = before.Fence,
            From = before.Status,
            Next = next,
            History = [.. Enumerable.Range(0, _random.Next(3)).Select(i =>
                new BotHistoryLine(_now.AddMinutes(-i), before.Status, next.Status, before.Owner, next.Attempt, next.LastFailure?.Reason))],
        };
        return _random.Next(20) switch
        {
            0 => commit with { Owner = Any(Nodes) },
            1 => commit with { Fence = commit.Fence.Next() },
            2 => commit with { From = Any(Enum.GetValues<BotStatus>()) },
            3 => commit with { Attempt = before.Attempt - _random.Next(2) },
            4 => commit with { IsArmed = true },
            _ => commit,
        };
    }

    /// <summary>One of the engine's transitions of a state.</summary>
    private Bot Next(Bot bot) => (bot, _random.Next(6)) switch
    {
        (ScheduledBot scheduled, 3) => scheduled.BeginStaging(),
        (ScheduledBot scheduled, 0) => scheduled.RetryStaging(GridInstant(), AnyFailure()),
        (ScheduledBot scheduled, 1) => scheduled.RetryStaging(GridInstant(), AnyFailure()).HandBack(),
        (ScheduledBot scheduled, 2) => OneIn(2) ? scheduled.Fail(AnyFailure(), _now) : scheduled.ClaimedBy(Any(Nodes)),
        (ScheduledBot scheduled, _) => scheduled.Stage(new ResourceHandle("resource " + _drawn, OneIn(2))),
        (StagedBot { Resource.IsPortable: true } staged, 3) => staged.BeginStaging(),
        (StagedBot staged, 0) => staged.Fail(AnyFailure(), _now),
        (StagedBot staged, 1) => staged.ArmedUntil is null ? staged.LoseResources() : staged.Disarm(null),
        (StagedBot staged, 2) => staged.ClaimedBy(Any(Nodes)),
        (StagedBot staged, _) => staged.Join(staged.JoinAt > _now ? staged.JoinAt : _now),
        (JoiningBot joining, 0) => joining.Fail(AnyFailure(), _now),
        (JoiningBot { Resource: not null } joining, 1 or 2) => joining.Retry(GridInstant(), AnyFailure()),
        (JoiningBot joining, _) => joining.Joined(_now),
        _ => bot,
    };

    private Failure AnyFailure() => new(Any(Enum.GetValues<FailureReason>()), OneIn(2) ? "why " + _drawn : null);

    /// <summary>Few bots are in the one state in which an abort means something: it is aimed at them, nearly always.</summary>
    private BotId AnyTarget(IReadOnlyList<BotSnapshot> rows, BotChangeKind kind)
    {
        BotSnapshot[] staged = [.. rows.Where(row => row is { Status: BotStatus.Staged, ArmedUntil: null })];
        return kind == BotChangeKind.Abort && staged.Length > 0 && !OneIn(8) ? Any(staged).Id : AnyId(rows);
    }

    private BotId AnyId(IReadOnlyList<BotSnapshot> rows) => rows.Count == 0 || OneIn(8) ? Any(_ids) : Any(rows).Id;

    private DateTimeOffset GridInstant() => Start.AddMinutes(5 * _random.Next(13));

    private DateTimeOffset JoinInstant() => GridInstant().AddMicroseconds(_limits ? ++_distinct : 0);

    private DateTimeOffset AnyNow() => OneIn(2) ? _now : GridInstant();

    private DateTimeOffset SettledInstant(IReadOnlyList<BotSnapshot> rows) => rows.Count == 0 ? _now : Any(rows).SettledAt ?? _now;

    private int AnyLimit() => _limits ? 1 + _random.Next(4) : 1000;

    private bool OneIn(int chances) => _random.Next(chances) == 0;

    private T Any<T>(IReadOnlyList<T> choices) => choices[_random.Next(choices.Count)];
}
