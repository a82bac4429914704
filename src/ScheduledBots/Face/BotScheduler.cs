using ScheduledBots.Configuration;
using ScheduledBots.Execution;
using ScheduledBots.Lifecycle;
using ScheduledBots.Storage;

namespace ScheduledBots.Face;

/// <summary>The face: every verb validates, writes or reads the store, and nudges the engine. It holds no state but whether it lives.</summary>
internal sealed class BotScheduler : IBotScheduler, IHostTransactionScheduler, IDisposable
{
    private readonly Intake _intake;
    private readonly Changes _changes;
    private readonly Reader _reader;
    private readonly Explainer _explainer;
    private readonly TenantScope _scope;

    /// <summary>The face that sees every tenant: this one, or the one this is a view of; views live and die with it.</summary>
    private readonly BotScheduler _whole;

    private volatile bool _disposed;

    public BotScheduler(
        IBotStore store, SignalQueue signals, EngineClock clock, EngineFacts facts, ScheduledBotsOptions options)
    {
        _intake = new Intake(new StoreIntake(store), signals, clock, facts.Staging, options);
        _changes = new Changes(store, signals, clock, options);
        _reader = new Reader(store, clock);
        _explainer = new Explainer(store, clock, facts, options);
        _whole = this;
    }

    private BotScheduler(BotScheduler whole, TenantScope scope)
    {
        (_intake, _changes, _reader, _explainer) = (whole._intake, whole._changes, whole._reader, whole._explainer);
        _whole = whole;
        _scope = scope;
    }

    /// <summary>What tells of the commits of the host's transactions.</summary>
    public HostCommits? Commits { get; init; }

    /// <inheritdoc/>
    IBotStore IHostTransactionScheduler.Store => WholeCommits.Store;

    private HostCommits WholeCommits =>
        _whole.Commits ?? throw new InvalidOperationException("This scheduler was made by hand, without what tells of commits. Resolve it from the container.");

    /// <inheritdoc/>
    public async Task<ScheduleResult> ScheduleAsync(BotRequest request, CancellationToken cancellationToken = default)
    {
        Enter(cancellationToken);
        return await _intake.ScheduleAsync(request, _scope, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<ScheduleOutcome>> ScheduleManyAsync(
        IReadOnlyList<BotRequest> requests, CancellationToken cancellationToken = default)
    {
        Enter(cancellationToken);
        return await _intake.ScheduleManyAsync(requests, _scope, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async Task<Bot> UpdateAsync(
        BotId id, BotUpdate changes, long? expectedVersion = null, CancellationToken cancellationToken = default)
    {
        Enter(cancellationToken);
        return await _changes.UpdateAsync(id, changes, expectedVersion, _scope, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public Task<Bot> RescheduleAsync(BotId id, DateTimeOffset joinAt, CancellationToken cancellationToken = default) =>
        UpdateAsync(id, new BotUpdate { JoinAt = joinAt }, expectedVersion: null, cancellationToken);

    /// <inheritdoc/>
    public async Task<Bot> CancelAsync(BotId id, long? expectedVersion = null, CancellationToken cancellationToken = default)
    {
        Enter(cancellationToken);
        return await _changes.CancelAsync(id, expectedVersion, _scope, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async Task<Bot> AbortAsync(BotId id, CancellationToken cancellationToken = default)
    {
        Enter(cancellationToken);
        return await _changes.AbortAsync(id, _scope, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async Task EraseAsync(BotId id, CancellationToken cancellationToken = default)
    {
        Enter(cancellationToken);
        await _changes.EraseAsync(id, _scope, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async Task<Bot?> FindAsync(BotId id, CancellationToken cancellationToken = default)
    {
        Enter(cancellationToken);
        return await _reader.FindAsync(id, _scope, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async Task<BotPage> ListAsync(BotFilter filter, CancellationToken cancellationToken = default)
    {
        Enter(cancellationToken);
        return await _reader.ListAsync(filter, _scope, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<BotHistoryLine>> HistoryAsync(BotId id, CancellationToken cancellationToken = default)
    {
        Enter(cancellationToken);
        return await _reader.HistoryAsync(id, _scope, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async Task<BotExplanation> ExplainAsync(BotId id, CancellationToken cancellationToken = default)
    {
        Enter(cancellationToken);
        return await _explainer.ExplainAsync(id, _scope, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public IBotScheduler ForTenant(string tenant)
    {
        Enter(CancellationToken.None);
        return new BotScheduler(_whole, _scope.Of(tenant));
    }

    /// <inheritdoc/>
    async Task<IReadOnlyList<ScheduleOutcome>> IHostTransactionScheduler.ScheduleManyAsync(
        IReadOnlyList<BotRequest> requests, IIntakeStore transaction, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(transaction);
        Enter(cancellationToken);
        return await _intake.Within(transaction).ScheduleManyAsync(requests, _scope, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    long IHostTransactionScheduler.BeginCommit() => WholeCommits.Begin();

    /// <inheritdoc/>
    Task IHostTransactionScheduler.NudgeAsync(IReadOnlyList<BotSnapshot> bots) => WholeCommits.NudgeAsync(bots);

    /// <inheritdoc/>
    void IHostTransactionScheduler.EndCommit(long ticket, IReadOnlyList<BotSnapshot> kept) => WholeCommits.End(ticket, kept);

    /// <inheritdoc/>
    public void Dispose() => _disposed = true;

    private void Enter(CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(_whole._disposed, typeof(IBotScheduler));
        cancellationToken.ThrowIfCancellationRequested();
    }
}
