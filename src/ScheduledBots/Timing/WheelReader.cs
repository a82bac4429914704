namespace ScheduledBots.Timing;

/// <summary>Reads the mentions of a slot, block after block, in the order in which they came.</summary>
internal ref struct WheelReader(WheelBlocks blocks, in WheelSlot slot)
{
    private int _left = slot.Filled;
    private int _next = slot.FirstBlock;
    private int _offset = WheelBlocks.Size - 1;
    private ReadOnlySpan<WheelMention> _block;

    public readonly WheelMention Current => _block[_offset];

    public readonly WheelReader GetEnumerator() => this;

    public bool MoveNext()
    {
        if (_left == 0)
        {
            return false;
        }

        _left--;
        if (++_offset == WheelBlocks.Size)
        {
            _block = blocks.BlockAt(_next);
            _next = _block[0].Index;
            _offset = 1;
        }

        return true;
    }
}
