namespace ScheduledBots.Tests.Face;

/// <summary>Draws what callers should not send, and what they may: a third of each kind is good.</summary>
internal sealed class HostileTexts(Random random)
{
    private static readonly string[] Pieces =
    [
        "Notes", "a", " ", "", "\uD83E\uDD16", "\uD800", "\uDC00", "\uDC00\uD800", "\uDBFF", "\0", "\u0001", "\u0007", "\u007F", "\u0085", "\u202E", "\u2066",
        "\uFFFF", "\uFEFF", "e\u0301\u0301\u0301", "שלום", "名", "'; DROP TABLE bots; --", "{0}", "%s%n", "<script>", "../..", "\r\n", "\u2028",
    ];

    private static readonly int[] Lengths = [127, 128, 129, 255, 256, 257, 2_047, 2_048, 2_049, 16_383, 16_384, 16_385];

    private static readonly string[] Addresses =
    [
        "https://meet.example.com/abc", "http://meet.example.com:8080/a?b=c#d", "https://[::1]/x", "https://bücher.example/ü", "https://meet.example.com/\uD800",
        "https://meet.example.com/\uD83E\uDD16", "https://ann:secret@meet.example.com/", "ftp://meet.example.com/", "javascript:alert(1)", "mailto:ann@example.com",
        "file:///etc/passwd", "/relative", "", "https://meet.example.com/%00%FF", "https://meet.example.com/a b\tc", "urn:uuid:1", "https://xn--/", "\\\\server\\share",
    ];

    public int Next(int count) => random.Next(count);

    public bool Chance(int oneIn) => random.Next(oneIn) == 0;

    public T Pick<T>(IReadOnlyList<T> choices) => choices[random.Next(choices.Count)];

    public string? Text() => random.Next(12) switch
    {
        < 5 => "plain " + random.Next(5),
        5 => null,
        6 => string.Concat(Enumerable.Range(0, random.Next(6)).Select(_ => Pick(Pieces))),
        7 => new string('x', Pick(Lengths)),
        8 => new string('x', Pick(Lengths) - 1) + Pick(Pieces),
        9 => new string([.. Enumerable.Range(0, random.Next(20)).Select(_ => (char)random.Next(0x10000))]),
        _ => Pick(Pieces),
    };

    public Uri? Address() => random.Next(10) switch
    {
        < 5 => new Uri("https://meet.example.com/" + random.Next(100)),
        5 => null,
        6 => Uri.TryCreate("https://meet.example.com/" + Text(), new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true }, out Uri? raw) ? raw : null,
        7 => Uri.TryCreate("https://meet.example.com/" + Text(), UriKind.RelativeOrAbsolute, out Uri? made) ? made : null,
        _ => Uri.TryCreate(Pick(Addresses), UriKind.RelativeOrAbsolute, out Uri? listed) ? listed : null,
    };

    public DateTimeOffset? Instant(DateTimeOffset now) => random.Next(10) switch
    {
        < 5 => now.AddTicks(random.NextInt64(1, TimeSpan.FromDays(1_000).Ticks)),
        5 => null,
        6 => Pick([DateTimeOffset.MinValue, DateTimeOffset.MaxValue, now, now.AddTicks(1), now.AddTicks(-1), DateTimeOffset.MaxValue.AddTicks(-1), now + BotRequest.MaxLeadTime]),
        7 => new DateTimeOffset(DateTime.MaxValue.AddTicks(-random.NextInt64(1_000)), TimeSpan.FromMinutes(random.Next(-840, 841))),
        8 => new DateTimeOffset(DateTime.MinValue.AddTicks(random.NextInt64(1_000)), TimeSpan.FromMinutes(random.Next(-840, 841))),
        _ => new DateTimeOffset(random.NextInt64(TimeSpan.FromDays(2).Ticks, DateTime.MaxValue.Ticks - TimeSpan.FromDays(2).Ticks), TimeSpan.FromMinutes(random.Next(-840, 841))),
    };
}
