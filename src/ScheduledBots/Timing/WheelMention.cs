namespace ScheduledBots.Timing;

/// <summary>An entry as its slot names it.</summary>
/// <param name="Index">The entry's place in the slab; in a block's first mention, the next block.</param>
/// <param name="DueLow">The low half of its due tick. A slot of level 4 or lower determines the high half.</param>
internal readonly record struct WheelMention(int Index, uint DueLow);
