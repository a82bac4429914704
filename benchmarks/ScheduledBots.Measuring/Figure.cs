namespace ScheduledBots.Measuring;

/// <summary>One measured figure.</summary>
/// <param name="Store">Where it was measured.</param>
/// <param name="What">What was measured.</param>
/// <param name="Value">The figure.</param>
/// <param name="Unit">Its unit.</param>
/// <param name="Least">What it must reach, or null.</param>
/// <param name="Most">What it must not pass, or null.</param>
/// <param name="Note">How it was measured, or what it is made of.</param>
public sealed record Figure(string Store, string What, double Value, string Unit, double? Least = null, double? Most = null, string Note = "")
{
    /// <summary>Whether it is within its bounds; null where it has none.</summary>
    public bool? IsReached => Least is null && Most is null ? null : (Least ?? double.MinValue) <= Value && Value <= (Most ?? double.MaxValue);
}
