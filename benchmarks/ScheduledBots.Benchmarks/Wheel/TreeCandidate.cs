namespace ScheduledBots.Benchmarks.Wheel;

internal sealed class TreeCandidate(long[] dues) : ICandidate
{
    private readonly SortedSet<(long Due, int Number)> _tree = [];

    public bool CanCancel => true;

    public bool CanExpire => true;

    public void Insert(int number, long due) => _tree.Add((due, number));

    public void Cancel(int number) => _tree.Remove((dues[number], number));

    public long NextDeadline() => _tree.Count > 0 ? _tree.Min.Due : -1;

    public int Advance(long now)
    {
        int expired = 0;
        while (_tree.Count > 0 && _tree.Min is var first && first.Due <= now)
        {
            _tree.Remove(first);
            expired++;
        }

        return expired;
    }

    public void Dispose() => _tree.Clear();
}
