using Microsoft.EntityFrameworkCore;

namespace ScheduledBots.Storage.EfCore;

/// <summary>One connection and the thread that uses it. Whoever asks waits for so long and no longer; the thread waits for the driver.</summary>
/// <remarks>One asks at a time. After a beat that failed or was not waited for, <see cref="End"/> is all that may be called.</remarks>
internal sealed class BeatThread
{
    private readonly IContextSource _contexts;
    private readonly object _lock = new();
    private readonly Contact _contact = new();
    private Question? _question;
    private bool _ends;
    private volatile bool _hasEnded;

    public BeatThread(IContextSource contexts)
    {
        _contexts = contexts;
        new Thread(Run) { IsBackground = true, Name = "ScheduledBots beat connection" }.Start();
    }

    /// <summary>Whether the connection is given back.</summary>
    public bool HasEnded => _hasEnded;

    public BeatOutcome Ask(Func<DbContext, BeatOutcome> beat, TimeSpan patience)
    {
        var question = new Question(beat, new TaskCompletionSource<BeatOutcome>());
        lock (_lock)
        {
            _question = question;
            Monitor.Pulse(_lock);
        }

        // Waiting for a task blocks on the monotonic clock and needs no other thread than the one that answers.
        return Task.WaitAny([question.Answer.Task], patience) == 0
            ? question.Answer.Task.GetAwaiter().GetResult()
            : throw new StoreSilenceException(_contact.WasMade, null);
    }

    /// <summary>No beat follows; the thread ends when the driver lets it.</summary>
    public void End()
    {
        lock (_lock)
        {
            _ends = true;
            Monitor.Pulse(_lock);
        }
    }

    private void Run()
    {
        LentContext? lent = null;
        try
        {
            while (Next() is { } question && Answer(question, ref lent))
            {
                // Each answer is told already.
            }
        }
        finally
        {
            GiveBack(lent);
            _hasEnded = true;
        }
    }

    private Question? Next()
    {
        lock (_lock)
        {
            while (_question is null && !_ends)
            {
                Monitor.Wait(_lock);
            }

            Question? next = _ends ? null : _question;
            _question = null;
            return next;
        }
    }

    private bool Answer(Question question, ref LentContext? lent)
    {
        try
        {
            lent ??= Open();
            question.Answer.SetResult(question.Beat(lent.Value.Context));
            return true;
        }
        catch (Exception error)
        {
            question.Answer.SetException(error);
            _ = question.Answer.Task.Exception; // seen, also where nobody waits for it any more
            return false;
        }
    }

    private LentContext Open()
    {
        LentContext lent = _contexts.Lend();
        try
        {
            using IDisposable watching = _contact.Watch(lent.Context.Database.GetDbConnection());
            lent.Context.Database.SetCommandTimeout(StoreCalls.ClientTimeout);
            lent.Context.Database.OpenConnection();
            return lent;
        }
        catch
        {
            GiveBack(lent);
            throw;
        }
    }

    private static void GiveBack(LentContext? lent)
    {
        try
        {
            lent?.DisposeAsync().AsTask().GetAwaiter().GetResult();
        }
        catch (Exception)
        {
            // The driver's farewell to a connection that is broken. On a bare thread it would end the process.
        }
    }

    private sealed record Question(Func<DbContext, BeatOutcome> Beat, TaskCompletionSource<BeatOutcome> Answer);
}
