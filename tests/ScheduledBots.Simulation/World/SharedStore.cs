using ScheduledBots.Lifecycle;
using ScheduledBots.Simulation.History;
using ScheduledBots.Storage;
using ScheduledBots.Testing.Model;

namespace ScheduledBots.Simulation.World;

/// <summary>The one store of a run: a real one that answers at once, with a witness who writes down every row that a statement changes.</summary>
internal sealed class SharedStore(ModelStore store, Timeline timeline, Recorder recorder)
{
    private readonly Dictionary<BotId, BotSnapshot> _rows = [];
    private readonly HashSet<NodeId> _dead = [];

    public StoreTraits Traits => store.Traits;

    /// <summary>Every row as it is.</summary>
    public IReadOnlyDictionary<BotId, BotSnapshot> Rows => _rows;

    public IReadOnlyList<InsertOutcome> Insert(Process process, IReadOnlyList<BotSnapshot> bots)
    {
        IReadOnlyList<InsertOutcome> outcomes = Ask(store.InsertAsync(bots, default));
        Witness(process, "insert", outcomes.Where(outcome => outcome.Inserted).Select(outcome => outcome.Bot));
        return outcomes;
    }

    public ChangeOutcome Change(Process process, BotChange change)
    {
        ChangeOutcome outcome = Ask(store.ChangeAsync(change, default));
        if (outcome.Verdict == ChangeVerdict.Applied)
        {
            Witness(process, change.Kind.ToString(), [outcome.Bot!]);
        }

        return outcome;
    }

    public BotSnapshot? Find(BotId id) => Ask(store.FindAsync(id, default));

    public IReadOnlyList<BotSnapshot> FindMany(IReadOnlyList<BotId> ids) => Ask(store.FindManyAsync(ids, default));

    public IReadOnlyList<BotSnapshot> List(BotQuery query) => Ask(store.ListAsync(query, default));

    public IReadOnlyList<BotHistoryLine> History(BotId id) => Ask(store.HistoryAsync(id, default));

    /// <summary>A claim begins: it sees the rows as they are, and gets to write them a moment later.</summary>
    public IReadOnlyList<BotId> SeeDue(ClaimQuery query) => store.SeeDue(query);

    public ClaimOutcome Claim(Process process, ClaimQuery query, IReadOnlyList<BotId> seen)
    {
        ClaimOutcome outcome = store.ClaimSeen(query, seen);
        Witness(process, "claim", outcome.Bots);
        return outcome with { NextJoinAt = null }; // other processes write to it: it cannot know
    }

    public IReadOnlyList<BotSnapshot> Arm(Process process, ArmQuery query)
    {
        IReadOnlyList<BotSnapshot> armed = Ask(store.ArmAsync(query, default));
        Witness(process, "arm", armed);
        return armed;
    }

    public IReadOnlyList<CommitOutcome> Commit(Process process, IReadOnlyList<BotCommit> commits)
    {
        IReadOnlyList<CommitOutcome> outcomes = Ask(store.CommitAsync(commits, default));
        Witness(process, "commit", commits.Where((_, i) => outcomes[i] == CommitOutcome.Applied).Select(commit => Find(commit.Next.Id)!));
        return outcomes;
    }

    public IReadOnlyList<BotMark> ReadMarks(OwnedQuery query) => Ask(store.ReadMarksAsync(query, default));

    public int Prune(Process process, DateTimeOffset settledBefore, int limit)
    {
        int count = Ask(store.PruneAsync(settledBefore, limit, default));
        if (count > 0)
        {
            foreach (BotSnapshot gone in _rows.Values.Where(row => Find(row.Id) is null).ToList())
            {
                Remove(process, "prune", gone);
            }
        }

        return count;
    }

    public ChangeOutcome Erase(Process process, BotId id)
    {
        ChangeOutcome outcome = Ask(store.EraseAsync(id, default));
        if (outcome.Verdict == ChangeVerdict.Applied)
        {
            Remove(process, "erase", outcome.Bot!);
        }

        return outcome;
    }

    /// <summary>Somebody is about to ask for what only a living node may have.</summary>
    public void Suspect(Process process, NodeId node, string verb)
    {
        if (_dead.Contains(node))
        {
            recorder.Add(new Entry.Overtrusted(timeline.Now, process.Number, node, verb));
        }
    }

    public BeatOutcome Beat(Process process, BeatQuery query)
    {
        BeatOutcome outcome = Ask(store.BeatAsync(query, default));
        if (query.Status != NodeStatus.Alive || !outcome.Applied)
        {
            recorder.Add(new Entry.Beaten(timeline.Now, process.Number, query.Node, query.Status, outcome.Applied));
        }

        return outcome;
    }

    public bool DeclareDead(Process process, NodeId node, long observedBeat)
    {
        bool died = Ask(store.DeclareDeadAsync(node, observedBeat, default));
        _ = died && _dead.Add(node);
        recorder.Add(new Entry.DeclaredDead(timeline.Now, process.Number, node, died));
        return died;
    }

    public IReadOnlyList<BotSnapshot> Adopt(Process process, AdoptQuery query)
    {
        IReadOnlyList<BotSnapshot> adopted = Ask(store.AdoptAsync(query, default));
        Witness(process, "adopt", adopted);
        return adopted;
    }

    private void Witness(Process process, string verb, IEnumerable<BotSnapshot> rows)
    {
        foreach (BotSnapshot row in rows)
        {
            recorder.Add(new Entry.Wrote(timeline.Now, process.Number, verb, _rows.GetValueOrDefault(row.Id), row));
            _rows[row.Id] = row;
        }
    }

    private void Remove(Process process, string verb, BotSnapshot row)
    {
        recorder.Add(new Entry.Wrote(timeline.Now, process.Number, verb, row, null));
        _rows.Remove(row.Id);
    }

    /// <summary>The store below answers at once or it is the wrong one.</summary>
    private static T Ask<T>(Task<T> answer) =>
        answer.IsCompleted ? answer.GetAwaiter().GetResult() : throw new InvalidOperationException("A simulated store must answer at once.");
}
