namespace ScheduledBots.Timing;

/// <summary>
/// The entries of a wheel: chunks that never move, so that growing never copies, and a list of free places, so that a
/// steady state never allocates.
/// </summary>
/// <remarks>Not thread-safe.</remarks>
internal sealed class WheelSlab<TItem>
{
    private const int ChunkBits = 12;
    private const int ChunkSize = 1 << ChunkBits;

    private WheelEntry<TItem>[][] _chunks = [];
    private int _chunkCount;
    private int _firstFree = -1;
    private int _used;

    /// <summary>How many places exist.</summary>
    public int Capacity => _chunkCount << ChunkBits;

    public ref WheelEntry<TItem> this[int index] => ref _chunks[index >> ChunkBits][index & (ChunkSize - 1)];

    /// <summary>Whether a handle names an entry that is in use.</summary>
    public bool IsCurrent(WheelHandle handle) =>
        (handle.Generation & 1) == 1 && (uint)handle.Index < (uint)_used && this[handle.Index].Generation == handle.Generation;

    /// <summary>Takes a free place.</summary>
    public int Take()
    {
        int index = _firstFree;
        if (index >= 0)
        {
            _firstFree = this[index].Position;
        }
        else
        {
            index = _used++;
            if (index >> ChunkBits == _chunkCount)
            {
                AddChunk();
            }
        }

        this[index].Generation++;
        return index;
    }

    /// <summary>Frees a place; handles to it are stale from here on.</summary>
    public void Free(int index)
    {
        ref WheelEntry<TItem> entry = ref this[index];
        entry.Generation++;
        entry.Item = default!;
        entry.Position = _firstFree;
        _firstFree = index;
    }

    private void AddChunk()
    {
        if (_chunkCount == _chunks.Length)
        {
            Array.Resize(ref _chunks, Math.Max(4, _chunks.Length * 2));
        }

        _chunks[_chunkCount++] = new WheelEntry<TItem>[ChunkSize];
    }
}
