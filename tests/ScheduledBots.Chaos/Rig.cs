using System.Globalization;
using Npgsql;
using ScheduledBots.Chaos.Judging;
using ScheduledBots.Chaos.Node;
using ScheduledBots.Chaos.Rigging;
using ScheduledBots.Configuration;
using ScheduledBots.TestDatabase;

namespace ScheduledBots.Chaos;

/// <summary>What a trial works with: an empty database on a real server, nodes, those who schedule, and the evidence in the end.</summary>
/// <remarks>For one trial at a time. Disposing it kills every process it started.</remarks>
internal sealed class Rig(PostgresServer server, string connectionString, string folder, int seed) : IAsyncDisposable
{
    private readonly List<IAsyncDisposable> _started = [];
    private int _nodeCount;

    /// <summary>The server; a trial that stops it starts it again.</summary>
    public PostgresServer Server => server;

    /// <summary>The database, not over any proxy.</summary>
    public string ConnectionString => connectionString;

    public string Folder => folder;

    /// <summary>What is drawn follows from the seed of the command line.</summary>
    public Random Random { get; } = new(seed);

    public Crowd Crowd { get; } = new(connectionString);

    public static DateTimeOffset Now => TimeProvider.System.GetUtcNow();

    /// <summary>Production's options, but for the staging lead: nobody waits five minutes here.</summary>
    public static ScheduledBotsOptions Options => new() { StagingLead = TimeSpan.FromSeconds(12), StagingSpread = TimeSpan.FromSeconds(1) };

    /// <summary>Starts a node process on a line of its own and waits until it is loaded; its engine does not run yet.</summary>
    public async Task<NodeProcess> LoadNodeAsync(ScheduledBotsOptions options, CancellationToken cancellationToken, Func<NodeSetup, NodeSetup>? change = null)
    {
        options.NodeName = string.Create(CultureInfo.InvariantCulture, $"node-{++_nodeCount:000}");
        var line = new DatabaseProxy(server.Port);
        var setup = new NodeSetup
        {
            ConnectionString = new NpgsqlConnectionStringBuilder(connectionString) { Port = line.Port }.ConnectionString,
            WitnessFile = Path.Combine(folder, options.NodeName + ProcessLines.Extension),
            LogFile = Path.Combine(folder, options.NodeName + ".log"),
            Options = options,
        };
        var node = new NodeProcess(change?.Invoke(setup) ?? setup, line);
        _started.Add(node);
        await node.LoadedAsync(cancellationToken);
        return node;
    }

    /// <summary>Starts a node.</summary>
    public async Task<NodeProcess> StartNodeAsync(ScheduledBotsOptions options, CancellationToken cancellationToken, Func<NodeSetup, NodeSetup>? change = null)
    {
        NodeProcess node = await LoadNodeAsync(options, cancellationToken, change);
        await node.GoAsync(cancellationToken);
        return node;
    }

    public async Task<BareWaker> StartWakerAsync(CancellationToken cancellationToken)
    {
        var waker = new BareWaker(Path.Combine(folder, "bare.waker"));
        _started.Add(waker);
        await waker.ReadyAsync(cancellationToken);
        return waker;
    }

    public static async Task UntilAsync(DateTimeOffset instant, CancellationToken cancellationToken)
    {
        while (instant - Now is { Ticks: > 0 } left)
        {
            await Task.Delay(left, cancellationToken);
        }
    }

    /// <summary>Waits until every bot is settled, at most so long after the last one is due.</summary>
    public async Task SettleAsync(TimeSpan patience, CancellationToken cancellationToken)
    {
        DateTimeOffset end = Crowd.Accepted.Values.DefaultIfEmpty(Now).Max() + patience;
        while (await TableReader.UnsettledAsync(connectionString, cancellationToken) > 0 && Now < end)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(200), cancellationToken);
        }
    }

    /// <summary>Lets a node end in order.</summary>
    public static async Task DrainAsync(NodeProcess node, CancellationToken cancellationToken)
    {
        node.Drain();
        await node.EndedAsync().WaitAsync(TimeSpan.FromMinutes(1), cancellationToken);
    }

    /// <summary>What the run left behind; call it when nothing runs any more that matters.</summary>
    public Task<Evidence> CollectAsync(CancellationToken cancellationToken) =>
        Evidence.ReadAsync(folder, connectionString, Crowd.Accepted.Keys.ToHashSet(), cancellationToken);

    public async ValueTask DisposeAsync()
    {
        foreach (IAsyncDisposable started in _started)
        {
            await started.DisposeAsync();
        }

        await Crowd.DisposeAsync();
    }
}
