namespace ScheduledBots.Timing;

/// <summary>
/// The entries of a wheel: chunks that never move, so that growing never copies, and a list of free places, so that a
/// steady state never allocates. The place of a cancelled entry is free only once no slot mentions it any more.
/// </summary>
/// <remarks>
/// Not thread-safe. Which places are cancelled is kept apart, a bit for each: it stays in the cache, so that a slot can
/// be looked through without touching its entries.
/// </remarks>
internal sealed class WheelSlab<TItem>
{
    private const int ChunkBits = 13;
    private const int ChunkSize = 1 << ChunkBits;

    private WheelEntry<TItem>[][] _chunks = [];
    private ulong[][] _cancelled = [];
    private int _chunkCount;
    private int _firstFree = -1;
    private int _used;

    /// <summary>How many places exist.</summary>
    public int Capacity => _chunkCount << ChunkBits;

    /// <summary>How many places were ever taken.</summary>
    public int Used => _used;

    public ref WheelEntry<TItem> this[int index] => ref _chunks[index >> ChunkBits][index & (ChunkSize - 1)];

    public bool IsCancelled(int index) => (WordOf(index) >> index & 1) == 1;

    /// <summary>Puts an entry into a free place.</summary>
    public WheelHandle Add(long dueTick, TItem item)
    {
        int index = _firstFree;
        if (index < 0)
        {
            index = _used++;
            if (index >> ChunkBits == _chunkCount)
            {
                AddChunk();
            }
        }

        ref WheelEntry<TItem> entry = ref this[index];
        _firstFree = index == _firstFree ? (int)entry.Due : _firstFree;
        entry.Due = dueTick;
        entry.Item = item;
        return new WheelHandle(index, ++entry.Generation);
    }

    /// <summary>Marks an entry as cancelled; handles to it are stale from here on.</summary>
    /// <returns>False where the handle is stale.</returns>
    public bool TryCancel(WheelHandle handle, out long dueTick)
    {
        dueTick = 0;
        if ((handle.Generation & 1) == 0 || (uint)handle.Index >= (uint)_used)
        {
            return false;
        }

        ref WheelEntry<TItem> entry = ref this[handle.Index];
        if (entry.Generation != handle.Generation)
        {
            return false;
        }

        dueTick = entry.Due;
        End(ref entry);
        WordOf(handle.Index) |= 1UL << handle.Index;
        return true;
    }

    /// <summary>Frees the place of a cancelled entry, which no slot mentions any more.</summary>
    public void Reclaim(int index)
    {
        WordOf(index) &= ~(1UL << index);
        Free(index, ref this[index]);
    }

    /// <summary>Takes an entry out and frees its place; handles to it are stale from here on.</summary>
    public TItem Remove(int index)
    {
        ref WheelEntry<TItem> entry = ref this[index];
        TItem item = entry.Item;
        End(ref entry);
        Free(index, ref entry);
        return item;
    }

    /// <summary>How many of the places that were ever taken are free; for tests.</summary>
    public int CountFree()
    {
        int count = 0;
        for (int index = _firstFree; index >= 0; index = (int)this[index].Due)
        {
            count++;
        }

        return count;
    }

    private static void End(ref WheelEntry<TItem> entry)
    {
        entry.Generation++;
        entry.Item = default!;
    }

    private void Free(int index, ref WheelEntry<TItem> entry)
    {
        entry.Due = _firstFree;
        _firstFree = index;
    }

    private ref ulong WordOf(int index) => ref _cancelled[index >> ChunkBits][(index & (ChunkSize - 1)) >> 6];

    private void AddChunk()
    {
        if (_chunkCount == _chunks.Length)
        {
            Array.Resize(ref _chunks, Math.Max(4, _chunks.Length * 2));
            Array.Resize(ref _cancelled, _chunks.Length);
        }

        _cancelled[_chunkCount] = new ulong[ChunkSize / 64];
        _chunks[_chunkCount++] = new WheelEntry<TItem>[ChunkSize];
    }
}
