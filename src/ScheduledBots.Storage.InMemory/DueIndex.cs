using System.Collections;

namespace ScheduledBots.Storage.InMemory;

/// <summary>Rows by JoinAt, then by id, for a million rows that mostly wait: in buckets of about a minute, each sorted when it is read.</summary>
/// <remarks>
/// <para>A row costs a reference and its place, a tree of rows 48 bytes each. And a tree writes each new row into some old node,
/// anywhere in the heap, where each collection of the young generation has to look it up.</para>
/// <para>A bucket is kept latest first: whoever takes the earliest rows takes them from its end, and it stays sorted.
/// Not thread-safe; the store's lock guards it.</para>
/// </remarks>
internal sealed class DueIndex : IEnumerable<BotRow>
{
    private const int BucketBits = 29; // of ticks of 100 ns: 54 seconds

    private readonly SortedDictionary<long, Bucket> _buckets = [];

    public void Add(BotRow row)
    {
        long key = KeyOf(row);
        if (!_buckets.TryGetValue(key, out Bucket? bucket))
        {
            _buckets.Add(key, bucket = new Bucket());
        }

        bucket.Add(row);
    }

    public void Remove(BotRow row)
    {
        Bucket bucket = _buckets[KeyOf(row)];
        bucket.Remove(row);
        if (bucket.IsEmpty)
        {
            _buckets.Remove(KeyOf(row));
        }
    }

    /// <summary>The rows from the earliest on; nothing may be added or removed meanwhile.</summary>
    public IEnumerator<BotRow> GetEnumerator() => _buckets.Values.SelectMany(bucket => bucket.InOrder()).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private static long KeyOf(BotRow row) => row.JoinAtTicks >> BucketBits;

    private sealed class Bucket
    {
        private static readonly Comparison<BotRow> LatestFirst = (left, right) => BotRow.ByJoinAt.Compare(right, left);

        private readonly List<BotRow> _rows = [];
        private bool _isSorted = true;

        public bool IsEmpty => _rows.Count == 0;

        public void Add(BotRow row)
        {
            _isSorted &= IsEmpty || BotRow.ByJoinAt.Compare(row, _rows[^1]) < 0;
            row.Place = _rows.Count;
            _rows.Add(row);
        }

        /// <summary>The last row takes the place of the one that goes.</summary>
        public void Remove(BotRow row)
        {
            BotRow last = _rows[^1];
            _isSorted &= row == last;
            _rows[row.Place] = last;
            last.Place = row.Place;
            _rows.RemoveAt(_rows.Count - 1);
        }

        public IEnumerable<BotRow> InOrder()
        {
            if (!_isSorted)
            {
                Sort();
            }

            for (int i = _rows.Count - 1; i >= 0; i--)
            {
                yield return _rows[i];
            }
        }

        private void Sort()
        {
            _rows.Sort(LatestFirst);
            for (int i = 0; i < _rows.Count; i++)
            {
                _rows[i].Place = i;
            }

            _isSorted = true;
        }
    }
}
