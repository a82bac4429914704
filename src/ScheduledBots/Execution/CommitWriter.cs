using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using ScheduledBots.Diagnostics;
using ScheduledBots.Lifecycle;
using ScheduledBots.Storage;

namespace ScheduledBots.Execution;

/// <summary>
/// Writes the engine's transitions, batched: while one statement is under way the next ones gather. A commit is kept
/// until the store has answered; after an error the row is read back before it is decided whether to write again.
/// </summary>
/// <remarks>Thread-safe. A bot has at most one commit under way: its step awaits each before it sends the next.</remarks>
internal sealed class CommitWriter(IBotStore store, BotEvents events, TimeProvider timeProvider, ILogger log)
{
    /// <summary>The most commits that wait; a step that finds the queue full waits for the store.</summary>
    public const int Capacity = 65_536;

    /// <summary>The most commits in one call of the store.</summary>
    public const int MaxBatch = 1_000;

    /// <summary>The first wait after an error; doubled for each further one.</summary>
    public static readonly TimeSpan RetryDelay = TimeSpan.FromMilliseconds(50);

    /// <summary>The longest wait after an error.</summary>
    public static readonly TimeSpan MaxRetryDelay = TimeSpan.FromSeconds(2);

    private readonly Channel<PendingCommit> _queue = Channel.CreateBounded<PendingCommit>(
        new BoundedChannelOptions(Capacity) { SingleReader = true, FullMode = BoundedChannelFullMode.Wait });

    private readonly List<PendingCommit> _batch = [];

    /// <summary>Writes one transition.</summary>
    /// <returns>Whether its guard held; only a stopped engine leaves it unanswered.</returns>
    public async Task<CommitOutcome> CommitAsync(BotCommit commit)
    {
        var pending = new PendingCommit(commit);
        await _queue.Writer.WriteAsync(pending);
        return await pending.Answered.Task;
    }

    /// <summary>Takes no more commits; <see cref="RunAsync"/> ends when those that wait are written.</summary>
    public void Complete() => _queue.Writer.TryComplete();

    /// <summary>Writes until <see cref="Complete"/>, or until the engine is stopped by force.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        while (await _queue.Reader.WaitToReadAsync(cancellationToken))
        {
            while (_batch.Count < MaxBatch && _queue.Reader.TryRead(out PendingCommit? pending))
            {
                _batch.Add(pending);
            }

            await WriteBatchAsync(cancellationToken);
        }
    }

    private async Task WriteBatchAsync(CancellationToken cancellationToken)
    {
        TimeSpan delay = RetryDelay;
        while (_batch.Count > 0)
        {
            try
            {
                IReadOnlyList<CommitOutcome> outcomes =
                    await store.CommitAsync([.. _batch.Select(pending => pending.Commit)], cancellationToken);
                for (int i = 0; i < _batch.Count; i++)
                {
                    _batch[i].Answered.TrySetResult(outcomes[i]);
                }

                _batch.Clear();
            }
            catch (Exception error) when (!cancellationToken.IsCancellationRequested)
            {
                Log.CommitFailed(log, error, _batch.Count, delay);
                await Task.Delay(delay, timeProvider, cancellationToken);
                delay = delay * 2 < MaxRetryDelay ? delay * 2 : MaxRetryDelay;
                await ReadBackAsync(cancellationToken);
            }
        }
    }

    /// <summary>After an error nobody knows what was written: what is found written is answered, the rest stays in the batch.</summary>
    private async Task ReadBackAsync(CancellationToken cancellationToken)
    {
        try
        {
            for (int i = _batch.Count - 1; i >= 0; i--)
            {
                BotSnapshot? found = await store.FindAsync(_batch[i].Commit.Next.Id, cancellationToken);
                if (found is not null && IsWritten(_batch[i].Commit, found))
                {
                    events.ReadBack(_batch[i].Commit);
                    _batch[i].Answered.TrySetResult(CommitOutcome.Applied);
                    _batch.RemoveAt(i);
                }
            }
        }
        catch (Exception error) when (!cancellationToken.IsCancellationRequested)
        {
            Log.ReadBackFailed(log, error, _batch.Count);
        }
    }

    private static bool IsWritten(BotCommit commit, BotSnapshot found) =>
        found.Status == commit.Next.Status && found.Owner == commit.Next.Owner && found.Fence == commit.Next.Fence
        && found.Attempt == commit.Next.Attempt && found.NotBefore == commit.Next.NotBefore
        && found.ArmedUntil == commit.Next.ArmedUntil && found.SettledAt == commit.Next.SettledAt
        && found.Resource == commit.Next.Resource;

    private sealed record PendingCommit(BotCommit Commit)
    {
        public TaskCompletionSource<CommitOutcome> Answered { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
