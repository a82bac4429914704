namespace ScheduledBots.Timing;

/// <summary>What bounds the work of one call of a wheel.</summary>
/// <param name="MaxMixed">The most entries of different ticks that share a slot; one more opens it.</param>
/// <param name="MaxSifted">The most entries a slot may have to be looked through again and again, instead of being opened.</param>
/// <param name="MaxUnsettled">The most cancels of which the slots have not heard; at least one.</param>
internal readonly record struct WheelLimits(int MaxMixed, int MaxSifted, int MaxUnsettled)
{
    /// <summary>Opening a slot takes tens of microseconds at most; a window takes less room than the entries it is opened for.</summary>
    public static WheelLimits Default { get; } = new(MaxMixed: 2_048, MaxSifted: 32, MaxUnsettled: 32);
}
