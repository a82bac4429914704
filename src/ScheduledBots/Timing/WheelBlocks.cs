namespace ScheduledBots.Timing;

/// <summary>
/// The contents of a wheel's slots: chains of blocks of two cache lines, each the number of the next block and
/// 15 mentions of entries. A slot is read by streaming through its blocks. Blocks lie in chunks that never move;
/// freed ones are reused.
/// </summary>
/// <remarks>Not thread-safe. A position is the block's number times 16 plus 1 to 15.</remarks>
internal sealed class WheelBlocks
{
    public const int Size = 16;
    private const int ChunkBits = 14;
    private const int ChunkSize = 1 << ChunkBits;
    private const int Nothing = -1;

    private WheelMention[][] _chunks = [];
    private int _chunkCount;
    private int _firstFree = Nothing;
    private int _used;

    /// <summary>How many mentions the blocks could hold without growing.</summary>
    public int Capacity => (_chunkCount << ChunkBits) / Size * (Size - 1);

    private ref WheelMention this[int position] => ref _chunks[position >> ChunkBits][position & (ChunkSize - 1)];

    /// <summary>A block: the number of the next one, and its mentions.</summary>
    public ReadOnlySpan<WheelMention> BlockAt(int block) =>
        _chunks[block * Size >> ChunkBits].AsSpan((block * Size) & (ChunkSize - 1), Size);

    /// <summary>Reads the mentions of a slot in the order in which they came. The slot may change meanwhile, its blocks may not.</summary>
    public WheelReader Read(in WheelSlot slot) => new(this, slot);

    /// <summary>Adds a mention behind all others of a slot.</summary>
    public void Append(ref WheelSlot slot, WheelMention mention)
    {
        if (slot.Filled == 0)
        {
            slot.FirstBlock = Take();
            slot.Last = (slot.FirstBlock * Size) + 1;
        }
        else if (slot.Last % Size == Size - 1)
        {
            int block = Take();
            this[slot.Last - (Size - 1)] = new WheelMention(block, 0);
            slot.Last = (block * Size) + 1;
        }
        else
        {
            slot.Last++;
        }

        slot.Filled++;
        this[slot.Last] = mention;
    }

    /// <summary>Frees all blocks of a slot.</summary>
    public void Free(in WheelSlot slot)
    {
        this[slot.Last / Size * Size] = new WheelMention(_firstFree, 0);
        _firstFree = slot.FirstBlock;
    }

    private int Take()
    {
        int block = _firstFree;
        if (block != Nothing)
        {
            _firstFree = this[block * Size].Index;
            return block;
        }

        block = _used++;
        if (block * Size >> ChunkBits == _chunkCount)
        {
            AddChunk();
        }

        return block;
    }

    private void AddChunk()
    {
        if (_chunkCount == _chunks.Length)
        {
            Array.Resize(ref _chunks, Math.Max(4, _chunks.Length * 2));
        }

        _chunks[_chunkCount++] = new WheelMention[ChunkSize];
    }
}
