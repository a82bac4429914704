namespace ScheduledBots.Timing;

/// <summary>
/// The contents of a wheel's slots: chains of blocks of one cache line, each the number of the next block and 15 places
/// of entries. A slot is read by streaming through its blocks. Blocks lie in chunks that never move; freed ones are reused.
/// </summary>
/// <remarks>Not thread-safe. A position is the block's number times 16 plus 1 to 15.</remarks>
internal sealed class WheelBlocks
{
    private const int Size = 16;
    private const int ChunkBits = 14;
    private const int ChunkSize = 1 << ChunkBits;
    private const int Nothing = -1;

    private int[][] _chunks = [];
    private int _chunkCount;
    private int _firstFree = Nothing;
    private int _used;

    /// <summary>How many entries the blocks could hold without growing.</summary>
    public int Capacity => (_chunkCount << ChunkBits) / Size * (Size - 1);

    public ref int this[int position] => ref _chunks[position >> ChunkBits][position & (ChunkSize - 1)];

    /// <summary>The position of a slot's first entry.</summary>
    public static int First(in WheelSlot slot) => (slot.FirstBlock * Size) + 1;

    /// <summary>The position that follows another in its slot.</summary>
    public int After(int position) =>
        position % Size == Size - 1 ? (this[position - (Size - 1)] * Size) + 1 : position + 1;

    /// <summary>Adds an entry behind all others of a slot.</summary>
    /// <returns>Its position.</returns>
    public int Append(ref WheelSlot slot, int index)
    {
        if (slot.Filled == 0)
        {
            slot.FirstBlock = Take();
            slot.Last = First(slot);
        }
        else if (slot.Last % Size == Size - 1)
        {
            int block = Take();
            this[slot.Last - (Size - 1)] = block;
            slot.Last = (block * Size) + 1;
        }
        else
        {
            slot.Last++;
        }

        slot.Filled++;
        this[slot.Last] = index;
        return slot.Last;
    }

    /// <summary>Frees all blocks of a slot.</summary>
    public void Free(in WheelSlot slot)
    {
        this[slot.Last / Size * Size] = _firstFree;
        _firstFree = slot.FirstBlock;
    }

    private int Take()
    {
        int block = _firstFree;
        if (block != Nothing)
        {
            _firstFree = this[block * Size];
        }
        else
        {
            block = _used++;
            if (block * Size >> ChunkBits == _chunkCount)
            {
                AddChunk();
            }
        }

        this[block * Size] = Nothing;
        return block;
    }

    private void AddChunk()
    {
        if (_chunkCount == _chunks.Length)
        {
            Array.Resize(ref _chunks, Math.Max(4, _chunks.Length * 2));
        }

        _chunks[_chunkCount++] = new int[ChunkSize];
    }
}
