using ScheduledBots.Lifecycle;
using ScheduledBots.Storage;

namespace ScheduledBots.Testing.Conformance;

/// <summary>
/// The ground the suites stand on: a fresh store for each test, and the ways to bring a bot into a state. A storage
/// package's test project inherits each suite in a public class that says how to make an empty store.
/// </summary>
/// <remarks>The test runner makes one instance for each test; not thread-safe beyond what the store is.</remarks>
public abstract class StoreSuite : IAsyncLifetime
{
    /// <summary>The instant at which every test begins.</summary>
    protected static readonly DateTimeOffset Start = new(2030, 1, 2, 3, 4, 5, TimeSpan.Zero);

    /// <summary>The node of tests that need only one.</summary>
    protected static readonly NodeId Node = new(Guid.Parse("01900000-0000-7000-8000-000000000001"));

    /// <summary>A second node.</summary>
    protected static readonly NodeId Other = new(Guid.Parse("01900000-0000-7000-8000-000000000002"));

    private readonly HashSet<NodeId> _registered = [];

    /// <summary>The store under test, empty when a test begins.</summary>
    protected IBotStore Store { get; private set; } = null!;

    /// <inheritdoc/>
    public async Task InitializeAsync()
    {
        Store = await CreateStoreAsync();
        await Store.InitializeAsync(CancellationToken.None);
        await RegisterAsync(Node);
    }

    /// <inheritdoc/>
    public virtual Task DisposeAsync() => Task.CompletedTask;

    /// <summary>Makes an empty store that nothing else uses; some suites ask for many. The heir disposes what it needs to in <see cref="DisposeAsync"/>.</summary>
    protected abstract Task<IBotStore> CreateStoreAsync();

    /// <summary>A new bot, due some minutes after <see cref="Start"/>.</summary>
    protected static BotSnapshot NewBot(double dueInMinutes = 10, string tenant = "", string? key = null) => new()
    {
        Id = BotId.New(Start),
        Tenant = tenant,
        DeduplicationKey = key,
        CreatedAt = Start,
        MeetingUrl = "https://meet.example/1",
        Name = "Notes",
        JoinAt = Start.AddMinutes(dueInMinutes),
    };

    /// <summary>Inserts one bot.</summary>
    protected async Task<BotSnapshot> InsertAsync(BotSnapshot bot) =>
        (await Store.InsertAsync([bot], CancellationToken.None))[0].Bot;

    /// <summary>Reads a bot that must exist.</summary>
    protected async Task<BotSnapshot> FindAsync(BotId id) =>
        await Store.FindAsync(id, CancellationToken.None) ?? throw new InvalidOperationException($"bot {id} is gone");

    /// <summary>Reads the marks of an owner, of <see cref="Node"/> and from the first on unless told otherwise.</summary>
    protected Task<IReadOnlyList<BotMark>> MarksAsync(NodeId? owner = null, BotQueryPosition? after = null, int limit = 1000) =>
        Store.ReadMarksAsync(new OwnedQuery(owner ?? Node, after, limit), CancellationToken.None);

    /// <summary>Claims, for <see cref="Node"/> and at <see cref="Start"/> unless told otherwise.</summary>
    protected async Task<ClaimOutcome> ClaimAsync(double dueBeforeMinutes = 1000, int limit = 1000, NodeId? owner = null, double atMinutes = 0)
    {
        await RegisterAsync(owner ?? Node);
        return await Store.ClaimAsync(
            new ClaimQuery(owner ?? Node, Start.AddMinutes(atMinutes), Start.AddMinutes(dueBeforeMinutes), limit),
            CancellationToken.None);
    }

    /// <summary>Lets a node be alive, unless the test has made it known before. A store that is shared works for such nodes only.</summary>
    protected async Task RegisterAsync(NodeId node)
    {
        if (_registered.Add(node))
        {
            await BeatAsync(node, isFirst: true);
        }
    }

    /// <summary>Beats for a node.</summary>
    protected Task<BeatOutcome> BeatAsync(NodeId node, NodeStatus status = NodeStatus.Alive, bool isFirst = false) =>
        Store.BeatAsync(
            new BeatQuery { Node = node, Name = "host", Version = "1.2.3", Status = status, IsFirst = isFirst }, CancellationToken.None);

    /// <summary>Adopts for <see cref="Other"/> at <see cref="Start"/> unless told otherwise.</summary>
    protected async Task<IReadOnlyList<BotSnapshot>> AdoptAsync(
        NodeId? owner = null, double closedBeforeMinutes = 0, int limit = 1000, double atMinutes = 0)
    {
        await RegisterAsync(owner ?? Other);
        return await Store.AdoptAsync(
            new AdoptQuery(owner ?? Other, Start.AddMinutes(atMinutes), Start.AddMinutes(closedBeforeMinutes), limit),
            CancellationToken.None);
    }

    /// <summary>Arms with a window of a minute, for <see cref="Node"/> and at <see cref="Start"/> unless told otherwise.</summary>
    protected async Task<IReadOnlyList<BotSnapshot>> ArmAsync(double dueBeforeMinutes = 1000, NodeId? owner = null, double atMinutes = 0)
    {
        await RegisterAsync(owner ?? Node);
        return await Store.ArmAsync(
            new ArmQuery(owner ?? Node, Start.AddMinutes(atMinutes), Start.AddMinutes(dueBeforeMinutes), TimeSpan.FromMinutes(1)),
            CancellationToken.None);
    }

    /// <summary>Commits a transition under the guard of the bot as it was.</summary>
    protected async Task<CommitOutcome> TryCommitAsync(BotSnapshot before, Bot next, params BotHistoryLine[] history) =>
        (await Store.CommitAsync([Guarded(before, next.ToSnapshot(), history)], CancellationToken.None))[0];

    /// <summary>Commits a transition whose guard must hold.</summary>
    protected async Task<BotSnapshot> CommitAsync(BotSnapshot before, Bot next)
    {
        Assert.Equal(CommitOutcome.Applied, await TryCommitAsync(before, next));
        return await FindAsync(before.Id);
    }

    /// <summary>A commit guarded by the bot as it was.</summary>
    protected static BotCommit Guarded(BotSnapshot before, BotSnapshot next, params BotHistoryLine[] history) => new()
    {
        Owner = before.Owner ?? Node,
        Fence = before.Fence,
        From = before.Status,
        Next = next,
        History = history,
    };

    /// <summary>Applies one change of a caller.</summary>
    protected Task<ChangeOutcome> ChangeAsync(BotChange change) => Store.ChangeAsync(change, CancellationToken.None);

    /// <summary>A cancel at <see cref="Start"/>.</summary>
    protected static BotChange Cancel(BotId id) => new() { Id = id, Kind = BotChangeKind.Cancel, At = Start };

    /// <summary>An abort at <see cref="Start"/>.</summary>
    protected static BotChange Abort(BotId id) => new() { Id = id, Kind = BotChangeKind.Abort, At = Start };

    /// <summary>An update at <see cref="Start"/>, of nothing yet.</summary>
    protected static BotChange Update(BotId id) => new() { Id = id, Kind = BotChangeKind.Update, At = Start };

    /// <summary>The bot as the state type it must have.</summary>
    protected static T As<T>(BotSnapshot bot)
        where T : Bot => Assert.IsType<T>(Bot.FromSnapshot(bot));

    /// <summary>A bot that <see cref="Node"/> owns; no other bot may be claimable yet.</summary>
    protected async Task<BotSnapshot> ClaimedAsync(BotSnapshot? bot = null)
    {
        BotSnapshot inserted = await InsertAsync(bot ?? NewBot());
        ClaimOutcome outcome = await ClaimAsync();
        return Assert.Single(outcome.Bots, claimed => claimed.Id == inserted.Id);
    }

    /// <summary>A bot that <see cref="Node"/> owns and has staged.</summary>
    protected async Task<BotSnapshot> StagedAsync(BotSnapshot? bot = null)
    {
        BotSnapshot claimed = await ClaimedAsync(bot);
        return await CommitAsync(claimed, As<ScheduledBot>(claimed).Stage(new ResourceHandle("pod-1", IsPortable: true)));
    }

    /// <summary>A bot that <see cref="Node"/> owns and has armed.</summary>
    protected async Task<BotSnapshot> ArmedAsync(BotSnapshot? bot = null)
    {
        BotSnapshot staged = await StagedAsync(bot);
        return Assert.Single(await ArmAsync(), armed => armed.Id == staged.Id);
    }

    /// <summary>A bot whose joiner runs.</summary>
    protected async Task<BotSnapshot> JoiningAsync(BotSnapshot? bot = null)
    {
        BotSnapshot armed = await ArmedAsync(bot);
        return await CommitAsync(armed, As<StagedBot>(armed).Join(armed.JoinAt));
    }

    /// <summary>A bot that joined.</summary>
    protected async Task<BotSnapshot> JoinedAsync(double settledAtMinutes = 20, BotSnapshot? bot = null)
    {
        BotSnapshot joining = await JoiningAsync(bot);
        return await CommitAsync(joining, As<JoiningBot>(joining).Joined(Start.AddMinutes(settledAtMinutes)));
    }

    /// <summary>Compares every column.</summary>
    protected static void AssertSame(BotSnapshot expected, BotSnapshot actual)
    {
        Assert.Equal(expected, actual);
    }
}
