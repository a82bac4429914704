namespace ScheduledBots.AspNetCore.Page;

/// <summary>How far ahead a page looks, and how wide the bars of its timeline are.</summary>
internal sealed record PageRange(string Word, TimeSpan Ahead, TimeSpan Bar)
{
    /// <summary>How far back lateness and failures are told of, whatever the timeline shows.</summary>
    private static readonly TimeSpan Remembered = TimeSpan.FromHours(1);

    private static readonly PageRange[] All =
    [
        new("15m", TimeSpan.FromMinutes(15), TimeSpan.FromSeconds(15)),
        new("1h", TimeSpan.FromHours(1), TimeSpan.FromMinutes(1)),
        new("6h", TimeSpan.FromHours(6), TimeSpan.FromMinutes(5)),
        new("24h", TimeSpan.FromHours(24), TimeSpan.FromMinutes(20)),
    ];

    /// <summary>The words for ranges, for whoever sent another.</summary>
    public static string Words { get; } = string.Join(", ", All.Select(range => range.Word));

    /// <summary>How much of the past the timeline shows.</summary>
    public TimeSpan Behind => Ahead / 6;

    /// <summary>How far back bots are read.</summary>
    public TimeSpan Past => Behind > Remembered ? Behind : Remembered;

    /// <summary>How many bars there are: one more than fit, because the first one began before the timeline does.</summary>
    public int BarCount => (int)((Ahead + Behind) / Bar) + 1;

    /// <summary>The range of a word, or null where it is none.</summary>
    public static PageRange? Of(string? word) => Array.Find(All, range => range.Word == word);

    /// <summary>Where the first bar begins: at a whole multiple of its width, so that bars stand still while time goes on.</summary>
    public DateTimeOffset FirstBarAt(DateTimeOffset now)
    {
        DateTimeOffset from = now - Behind;
        return new DateTimeOffset(from.UtcTicks - (from.UtcTicks % Bar.Ticks), TimeSpan.Zero);
    }
}
