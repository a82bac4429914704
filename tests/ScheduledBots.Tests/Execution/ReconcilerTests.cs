using Microsoft.Extensions.Logging.Abstractions;
using ScheduledBots.Execution;
using ScheduledBots.Extensibility;
using ScheduledBots.Lifecycle;
using ScheduledBots.Planning;
using ScheduledBots.Storage;
using ScheduledBots.Testing.Model;
using ScheduledBots.Tests.Hazards;
using ScheduledBots.Tests.Lifecycle;

namespace ScheduledBots.Tests.Execution;

/// <summary>How rows are read: in pages, and each reading is answered once.</summary>
public sealed class ReconcilerTests
{
    private const int PageSize = 4;

    private static readonly NodeId Node = new(new Guid("01890000-0000-7000-8000-0000000000aa"));
    private static readonly NodeId Earlier = new(new Guid("01890000-0000-7000-8000-0000000000bb"));
    private static readonly NodeId Other = new(new Guid("01890000-0000-7000-8000-0000000000cc"));

    private readonly FaultyStore _store = new(new ModelStore(TimeProvider.System));
    private readonly SignalQueue _signals = new();
    private readonly HostileHost _host = new();
    private readonly Allocations _allocations;
    private readonly Reconciler _reconciler;
    private int _created;

    public ReconcilerTests()
    {
        var work = new InlineRunner();
        _allocations = new Allocations(_host, work, work, TimeSpan.FromHours(1), TimeProvider.System, NullLogger.Instance);
        _reconciler = new Reconciler(
            _store, new NodeSelf(Node, true, TimeSpan.FromHours(1), TimeProvider.System), _allocations, _signals, PageSize, 2, NullLogger.Instance);
        _signals.Open(() => { });
    }

    // Mutants: a page that goes on behind the first mark of the one before; a reading that ends with its first page; one that leaves out the earlier owners.
    [Theory]
    [InlineData(0)]
    [InlineData(PageSize - 1)]
    [InlineData(PageSize)]
    [InlineData((2 * PageSize) + 1)]
    public async Task Every_row_of_this_node_and_of_its_earlier_names_passes_once_and_then_the_end_is_told(int count)
    {
        BotSnapshot[] own = [.. await InsertAsync(Node, count), .. await InsertAsync(Earlier, 1)];
        await InsertAsync(Other, 2);

        await _reconciler.RunAsync(new Command.Reconcile(Number: 7, [Earlier]), CancellationToken.None);

        List<Signal> told = Told();
        var end = Assert.IsType<Signal.Reconciled>(told[^1]);
        Assert.Equal(7, end.Number);
        Assert.Equal([Node, Earlier], end.Owners);
        Signal.Marked[] pages = [.. told.SkipLast(1).Cast<Signal.Marked>()];
        Assert.All(pages, page => Assert.InRange(page.Marks.Count, 1, PageSize));
        Assert.Equal(own.Select(row => row.Id).Order(), pages.SelectMany(page => page.Marks).Select(mark => mark.Id).Order());
    }

    // Mutant: rows of others are told, too.
    [Fact]
    public async Task Whole_rows_are_told_only_while_they_are_these_owners_and_only_the_last_ones_end_the_reading()
    {
        BotSnapshot[] own = await InsertAsync(Node, 3);
        BotSnapshot[] others = await InsertAsync(Other, 1);

        await _reconciler.RunAsync(new Command.ReadBack([.. own.Concat(others).Select(row => row.Id)], [Node]), CancellationToken.None);

        Signal.ReadBack[] told = [.. Told().Cast<Signal.ReadBack>()];
        Assert.Equal([false, true], told.Select(rows => rows.IsLast));
        Assert.Equal(own.Select(row => row.Id).Order(), told.SelectMany(rows => rows.Bots).Select(bot => bot.Id).Order());
    }

    // Mutant: a failure after some pages is told as an end, too.
    [Fact]
    public async Task A_reading_that_fails_says_so_once_and_nothing_after()
    {
        await InsertAsync(Node, 2 * PageSize);
        _store.ReadFaults.Enqueue(StoreFault.None);
        _store.ReadFaults.Enqueue(StoreFault.ThrowsBefore);

        await _reconciler.RunAsync(new Command.Reconcile(Number: 1, []), CancellationToken.None);

        List<Signal> told = Told();
        Assert.IsType<Signal.Marked>(told[0]);
        Assert.IsType<Signal.ReconcileFailed>(told[1]);
        Assert.Equal(2, told.Count);
    }

    // Mutants: an orphan is released while its row is there; one whose row has gone elsewhere is kept.
    [Fact]
    public async Task An_orphan_is_released_when_its_row_has_gone_elsewhere_and_not_before()
    {
        Bot bot = Bot.FromSnapshot((await InsertAsync(Earlier, 1))[0]);
        _allocations.Hold(bot, bot.Fence, _host.Give(bot, bot.Fence));
        _reconciler.Run(new Command.Orphan(bot));

        await _reconciler.RunAsync(new Command.Reconcile(Number: 1, []), CancellationToken.None);
        Assert.Equal(1, _host.LiveCount);

        await _store.ChangeAsync(new BotChange { Id = bot.Id, Kind = BotChangeKind.Cancel, At = Examples.Noon }, CancellationToken.None);
        await _reconciler.RunAsync(new Command.Reconcile(Number: 1, []), CancellationToken.None);
        Assert.Equal(0, _host.LiveCount);
    }

    private List<Signal> Told()
    {
        List<Signal> told = [];
        while (_signals.TryRead(out Signal? signal))
        {
            told.Add(signal);
        }

        return told;
    }

    private async Task<BotSnapshot[]> InsertAsync(NodeId owner, int count)
    {
        BotSnapshot[] rows = [.. Enumerable.Range(0, count).Select(_ => Examples.Row(BotStatus.Scheduled) with
        {
            Id = new BotId(new Guid(++_created, 1, 0x7000, 0x80, 1, 2, 3, 4, 5, 6, 7)),
            DeduplicationKey = null,
            Owner = owner,
            Fence = new Fence(1),
        })];
        await _store.InsertAsync(rows, CancellationToken.None);
        return rows;
    }

    private sealed class InlineRunner : CallRunner
    {
        public override void Post(Action work) => work();

        public override void Dispose()
        {
        }
    }
}
