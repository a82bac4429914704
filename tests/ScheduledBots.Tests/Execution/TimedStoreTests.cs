using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using ScheduledBots.Execution;
using ScheduledBots.Lifecycle;
using ScheduledBots.Storage;
using ScheduledBots.Tests.Hazards;

namespace ScheduledBots.Tests.Execution;

public sealed class TimedStoreTests : IDisposable
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly FakeTimeProvider _time = new();
    private readonly PoolRunner _background = new();
    private readonly ServiceProvider _services;
    private readonly FaultyStore _faulty;
    private readonly TimedStore _store;

    public TimedStoreTests()
    {
        var services = new ServiceCollection();
        services.AddScheduledBots().UseInMemoryStorage();
        _services = services.BuildServiceProvider();
        _faulty = new FaultyStore(_services.GetRequiredKeyedService<IBotStore>(""));
        _store = new TimedStore(_faulty, Timeout, _time, _background);
    }

    public void Dispose()
    {
        _background.Dispose();
        _services.Dispose();
    }

    // Mutant: WaitAsync waits without the time-out.
    [Fact]
    public async Task A_call_that_is_not_answered_ends_at_the_time_out_and_is_asked_to_stop()
    {
        _faulty.ClaimFaults.Enqueue(StoreFault.HangsAfter);
        Task<ClaimOutcome> claiming = _store.ClaimAsync(new ClaimQuery(new NodeId(Guid.Empty), _time.GetUtcNow(), _time.GetUtcNow(), 10), CancellationToken.None);

        _time.Advance(Timeout - TimeSpan.FromMilliseconds(1));
        Assert.False(claiming.IsCompleted);
        _time.Advance(TimeSpan.FromMilliseconds(1));

        await Assert.ThrowsAsync<TimeoutException>(() => claiming.WaitAsync(Patience));
        Assert.True(SpinWait.SpinUntil(() => _faulty.LastToken.IsCancellationRequested, Patience));
    }

    [Fact]
    public async Task What_the_store_says_itself_comes_through()
    {
        _faulty.ClaimFaults.Enqueue(StoreFault.ThrowsBefore);

        await Assert.ThrowsAsync<InvalidOperationException>(
            () => _store.ClaimAsync(new ClaimQuery(new NodeId(Guid.Empty), _time.GetUtcNow(), _time.GetUtcNow(), 10), CancellationToken.None));
        Assert.Null(await _store.FindAsync(default, CancellationToken.None));
    }

    [Fact]
    public async Task The_caller_s_token_ends_the_wait()
    {
        using var stop = new CancellationTokenSource();
        _faulty.ClaimFaults.Enqueue(StoreFault.HangsAfter);
        Task<ClaimOutcome> claiming = _store.ClaimAsync(new ClaimQuery(new NodeId(Guid.Empty), _time.GetUtcNow(), _time.GetUtcNow(), 10), stop.Token);

        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => claiming.WaitAsync(Patience));
    }
}
