namespace ScheduledBots.Benchmarks.Wheel;

/// <summary>A structure that keeps pending entries, numbered from 0.</summary>
internal interface ICandidate : IDisposable
{
    bool CanCancel { get; }

    bool CanExpire { get; }

    void Insert(int number, long due);

    void Cancel(int number);

    long NextDeadline();

    /// <summary>Hands out everything that is due.</summary>
    /// <returns>How many entries.</returns>
    int Advance(long now);
}
