using ScheduledBots.Extensibility;
using ScheduledBots.Lifecycle;

namespace ScheduledBots.Testing;

/// <summary>Every call that a <see cref="TestSchedulerHost"/> made of the allocator and the joiner, in the order of their beginning.</summary>
/// <remarks>Thread-safe; the entries are read when the host stands still.</remarks>
public sealed class HostRecord
{
    private readonly VirtualTime _time;
    private readonly Lock _lock = new();
    private readonly List<RecordedAllocation> _allocations = [];
    private readonly List<RecordedJoin> _joins = [];
    private int _runningCount;

    internal HostRecord(VirtualTime time) => _time = time;

    /// <summary>The allocator's calls, attachments included.</summary>
    public IReadOnlyList<RecordedAllocation> Allocations => Copy(_allocations);

    /// <summary>The joiner's calls.</summary>
    public IReadOnlyList<RecordedJoin> Joins => Copy(_joins);

    /// <summary>How many calls have not ended.</summary>
    public int RunningCount => Volatile.Read(ref _runningCount);

    internal async Task<Allocation> AllocateAsync(Bot bot, Fence fence, Func<Task<Allocation>> call)
    {
        var record = new RecordedAllocation(bot, fence, _time.TrueNow);
        Begin(_allocations, record);
        try
        {
            return record.Allocation = await call();
        }
        catch (Exception error)
        {
            record.Error = error;
            throw;
        }
        finally
        {
            End(() => record.EndedAt = _time.TrueNow);
        }
    }

    internal async Task ReleaseAsync(BotId id, Fence fence, Func<Task> call)
    {
        lock (_lock)
        {
            _runningCount++;
        }

        try
        {
            await call();
        }
        finally
        {
            End(() => Settle(id, fence, record =>
            {
                record.ReleaseCount++;
                record.ReleasedAt ??= _time.TrueNow;
            }));
        }
    }

    internal async Task<JoinResult> JoinAsync(JoinAttempt attempt, Func<Task<JoinResult>> call)
    {
        var record = new RecordedJoin(attempt, _time.TrueNow);
        Begin(_joins, record);
        try
        {
            return record.Result = await call();
        }
        catch (Exception error)
        {
            record.Error = error;
            throw;
        }
        finally
        {
            End(() =>
            {
                record.EndedAt = _time.TrueNow;
                if (record.HasJoined)
                {
                    Settle(attempt.Bot.Id, attempt.Fence, allocation => allocation.JoinedAt ??= _time.TrueNow);
                }
            });
        }
    }

    private void Begin<T>(List<T> records, T record)
    {
        lock (_lock)
        {
            records.Add(record);
            _runningCount++;
        }
    }

    private void End(Action write)
    {
        lock (_lock)
        {
            write();
            _runningCount--;
        }
    }

    private void Settle(BotId id, Fence fence, Action<RecordedAllocation> write)
    {
        if (_allocations.FindLast(record => record.Bot.Id == id && record.Fence == fence) is { } record)
        {
            write(record);
        }
    }

    private T[] Copy<T>(List<T> records)
    {
        lock (_lock)
        {
            return [.. records];
        }
    }
}
