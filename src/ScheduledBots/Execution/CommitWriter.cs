using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using ScheduledBots.Diagnostics;
using ScheduledBots.Lifecycle;
using ScheduledBots.Storage;

namespace ScheduledBots.Execution;

/// <summary>
/// Writes the engine's transitions, batched: while one statement is under way the next ones gather. A commit is kept
/// until the store has answered.
/// </summary>
/// <remarks>
/// <para>After an error nobody knows what was written. After a pause it is written again: the guard of a commit refuses its own
/// repetition, and where it does, the row is read back; what is found written is answered. Only a commit that changes nothing
/// which its guard asks for is read back before.</para>
/// <para>The repeated statements halve with each further error, so that a row which the store refuses ends up alone, and
/// then new commits do not wait for the pause any more: one row stops nobody. They double with each answer, because after an
/// outage many wait, and after a few of them it is the turn of the new ones.</para>
/// <para>Thread-safe. A bot has at most one commit under way: its step awaits each before it sends the next.</para>
/// </remarks>
internal sealed class CommitWriter(IBotStore store, BotEvents events, Progress progress, TimeProvider timeProvider, ILogger log)
{
    /// <summary>The most commits that wait; a step that finds the queue full waits for the store.</summary>
    public const int Capacity = 65_536;

    /// <summary>The most commits in one call of the store; as many are kept after errors, then no new ones are taken.</summary>
    public const int MaxBatch = 1_000;

    /// <summary>The most statements that may fail between two pauses.</summary>
    public const int MaxFailures = 3;

    /// <summary>The most repeated statements before new commits are written.</summary>
    public const int MaxRepetitions = 8;

    /// <summary>The first pause after an error; doubled for each further one.</summary>
    public static readonly TimeSpan RetryDelay = TimeSpan.FromMilliseconds(50);

    /// <summary>The longest pause after an error.</summary>
    public static readonly TimeSpan MaxRetryDelay = TimeSpan.FromSeconds(2);

    private readonly Channel<PendingCommit> _queue = Channel.CreateBounded<PendingCommit>(
        new BoundedChannelOptions(Capacity) { SingleReader = true, FullMode = BoundedChannelFullMode.Wait });

    private List<PendingCommit> _kept = [];
    private Task<bool>? _arrival;
    private Task _pause = Task.CompletedTask;
    private TimeSpan _delay = RetryDelay;
    private int _repeatSize = MaxBatch;
    private bool _storeAnswers = true;

    /// <summary>Whether the engine was stopped and nothing is written any more; what was answered since may be written or not.</summary>
    public bool IsOver { get; private set; }

    /// <summary>Writes one transition.</summary>
    /// <returns>Whether its guard held. Once the engine is stopped nothing is written any more, and every answer is fenced.</returns>
    public async Task<CommitOutcome> CommitAsync(BotCommit commit)
    {
        var pending = new PendingCommit(commit);
        progress.Began();
        try
        {
            await _queue.Writer.WriteAsync(pending);
            return await pending.Answered.Task;
        }
        catch (ChannelClosedException)
        {
            IsOver = true;
            return CommitOutcome.Fenced;
        }
        finally
        {
            progress.Ended();
        }
    }

    /// <summary>Takes no more commits; <see cref="RunAsync"/> ends when those that wait are written.</summary>
    public void Complete() => _queue.Writer.TryComplete();

    /// <summary>Writes until <see cref="Complete"/>, or until the engine is stopped by force.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            while (await WaitForWorkAsync(cancellationToken))
            {
                bool repeats = _kept.Count > 0 && _pause.IsCompleted;
                await WriteFreshAsync(cancellationToken);
                if (repeats)
                {
                    await RepeatAsync(cancellationToken);
                }

                cancellationToken.ThrowIfCancellationRequested();
            }
        }
        finally
        {
            Abandon();
        }
    }

    /// <summary>Waits for new commits, and while some are kept for the end of the pause.</summary>
    /// <returns>False when all is written and no more will come.</returns>
    private async Task<bool> WaitForWorkAsync(CancellationToken cancellationToken)
    {
        _arrival ??= ArriveAsync(cancellationToken);
        if (_kept.Count == 0)
        {
            return await _arrival;
        }

        // An arrival may be announced after its commit was read with those before it: that is no reason to wait for the pause.
        bool isClosed = _arrival.IsCompleted && !(_arrival.IsCompletedSuccessfully && _arrival.Result);
        bool waitsForPause = _repeatSize > 1 || !_storeAnswers || _kept.Count >= MaxBatch || isClosed;
        await (waitsForPause ? _pause : Task.WhenAny(_pause, _arrival));
        return true;
    }

    /// <summary>A task that may be looked at again and again. Not the value task's own: that would end on the shared pool.</summary>
    private async Task<bool> ArriveAsync(CancellationToken cancellationToken) => await _queue.Reader.WaitToReadAsync(cancellationToken);

    private async Task WriteFreshAsync(CancellationToken cancellationToken)
    {
        List<PendingCommit> fresh = [];
        while (_kept.Count + fresh.Count < MaxBatch && _queue.Reader.TryRead(out PendingCommit? pending))
        {
            fresh.Add(pending);
        }

        if (_arrival is { IsCompletedSuccessfully: true, Result: true })
        {
            _arrival = null;
        }

        if (fresh.Count > 0)
        {
            _storeAnswers = await TryWriteAsync(fresh, _kept, cancellationToken);
            if (!_storeAnswers && _pause.IsCompleted)
            {
                _pause = Task.Delay(_delay, timeProvider, cancellationToken);
            }
        }
    }

    private async Task RepeatAsync(CancellationToken cancellationToken)
    {
        List<PendingCommit> failed = [];
        int at = 0, failures = 0, size = _repeatSize;
        for (int statements = 0; at < _kept.Count && failures < MaxFailures && statements < MaxRepetitions; statements++)
        {
            List<PendingCommit> chunk = _kept.GetRange(at, Math.Min(size, _kept.Count - at));
            at += chunk.Count;
            bool isAnswered = await TryWriteAsync(chunk, failed, cancellationToken);
            _storeAnswers |= isAnswered;
            failures += isAnswered ? 0 : 1;
            size = isAnswered ? Math.Min(size * 2, MaxBatch) : Math.Max(1, chunk.Count / 2);
        }

        // Those that were not tried come first the next time.
        _kept = [.. _kept[at..], .. failed];
        _repeatSize = _kept.Count == 0 ? MaxBatch : size;
        _delay = failures == 0 ? RetryDelay : _delay * 2 < MaxRetryDelay ? _delay * 2 : MaxRetryDelay;
        _pause = failures == 0 ? Task.CompletedTask : Task.Delay(_delay, timeProvider, cancellationToken);
    }

    /// <summary>One statement. What it leaves unanswered goes to <paramref name="unanswered"/>.</summary>
    private async Task<bool> TryWriteAsync(IReadOnlyList<PendingCommit> batch, List<PendingCommit> unanswered, CancellationToken cancellationToken)
    {
        try
        {
            await ReadBackAsync([.. batch.Where(pending => pending is { IsRepeated: true, PassesTwice: true })], cancellationToken);
            await WriteAsync([.. batch.Where(pending => !pending.Answered.Task.IsCompleted)], cancellationToken);
            return true;
        }
        catch (Exception error)
        {
            progress.Moved();
            PendingCommit[] left = [.. batch.Where(pending => !pending.Answered.Task.IsCompleted)];
            foreach (PendingCommit pending in left)
            {
                pending.IsRepeated = true;
            }

            unanswered.AddRange(left);
            if (!cancellationToken.IsCancellationRequested)
            {
                Log.CommitFailed(log, error, left.Length, _delay);
            }

            return false;
        }
    }

    private async Task WriteAsync(List<PendingCommit> batch, CancellationToken cancellationToken)
    {
        if (batch.Count == 0)
        {
            return; // all of it was written the first time
        }

        IReadOnlyList<CommitOutcome> outcomes = await store.CommitAsync([.. batch.Select(pending => pending.Commit)], cancellationToken);
        List<PendingCommit> doubtful = [];
        for (int i = 0; i < batch.Count; i++)
        {
            if (outcomes[i] == CommitOutcome.Applied || !batch[i].IsRepeated)
            {
                batch[i].Answered.TrySetResult(outcomes[i]);
            }
            else
            {
                doubtful.Add(batch[i]);
            }
        }

        await ReadBackAsync(doubtful, cancellationToken);
        doubtful.ForEach(pending => pending.Answered.TrySetResult(CommitOutcome.Fenced));
    }

    /// <summary>Answers those whose rows are found written.</summary>
    private async Task ReadBackAsync(List<PendingCommit> doubtful, CancellationToken cancellationToken)
    {
        if (doubtful.Count == 0)
        {
            return;
        }

        IReadOnlyList<BotSnapshot> rows = await store.FindManyAsync([.. doubtful.Select(pending => pending.Commit.Next.Id)], cancellationToken);
        Dictionary<BotId, BotSnapshot> found = rows.ToDictionary(row => row.Id);
        foreach (PendingCommit pending in doubtful)
        {
            if (found.TryGetValue(pending.Commit.Next.Id, out BotSnapshot? row)
                && (IsWritten(pending.Commit.Next, row) || await WasHandedBackAsync(pending.Commit, row, cancellationToken)))
            {
                events.ReadBack(pending.Commit);
                pending.Answered.TrySetResult(CommitOutcome.Applied);
            }
        }
    }

    /// <summary>Whether the row is what a commit makes of it, or what this node's own arming statement made of that since.</summary>
    private static bool IsWritten(BotSnapshot next, BotSnapshot found) =>
        found.Status == next.Status && found.Owner == next.Owner && found.Fence == next.Fence && found.SettledAt == next.SettledAt
        && (found.Attempt > next.Attempt
            || (found.Attempt == next.Attempt && found.NotBefore == next.NotBefore && found.ArmedUntil == next.ArmedUntil
                && found.StagedFence == next.StagedFence && found.AllocatingFence == next.AllocatingFence));

    /// <summary>
    /// Whether a bot is another's because this commit handed it back: its row may have gone on since, and only its history
    /// tells. Resources that went with it are not to be released here.
    /// </summary>
    private async Task<bool> WasHandedBackAsync(BotCommit commit, BotSnapshot found, CancellationToken cancellationToken) =>
        commit is { Next: { Owner: null, Status: BotStatus.Staged }, History: [.., var line] } && found.Fence > commit.Next.Fence
        && (await store.HistoryAsync(found.Id, cancellationToken)).Contains(line);

    /// <summary>What is not written when the engine is stopped, the next owner finds as it was.</summary>
    private void Abandon()
    {
        IsOver = true;
        Complete();
        foreach (PendingCommit pending in _kept)
        {
            pending.Answered.TrySetResult(CommitOutcome.Fenced);
        }

        while (_queue.Reader.TryRead(out PendingCommit? pending))
        {
            pending.Answered.TrySetResult(CommitOutcome.Fenced);
        }
    }

    private sealed record PendingCommit(BotCommit Commit)
    {
        public TaskCompletionSource<CommitOutcome> Answered { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        /// <summary>Whether a statement with this commit went unanswered before.</summary>
        public bool IsRepeated { get; set; }

        /// <summary>Whether its guard would let it pass once more when it is written already.</summary>
        public bool PassesTwice =>
            (Commit.Owner, Commit.Fence, Commit.From, Commit.Attempt ?? Commit.Next.Attempt)
            == (Commit.Next.Owner, Commit.Next.Fence, Commit.Next.Status, Commit.Next.Attempt);
    }
}
