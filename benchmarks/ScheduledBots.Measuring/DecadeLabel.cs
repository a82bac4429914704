namespace ScheduledBots.Measuring;

/// <summary>The label of a power of ten on an axis of microseconds.</summary>
public static class DecadeLabel
{
    public static string Of(int decade) => decade switch
    {
        < 3 => $"{Math.Pow(10, decade)} µs",
        < 6 => $"{Math.Pow(10, decade - 3)} ms",
        _ => $"{Math.Pow(10, decade - 6)} s",
    };
}
