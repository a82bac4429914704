namespace ScheduledBots.AspNetCore.Tests.Fuzz;

/// <summary>Values that have broken parsers before, as JSON texts.</summary>
internal static class HostileText
{
    /// <summary>Instants: right, wrong, on the edges of the calendar, and nearly right.</summary>
    private static readonly string[] Dates =
    [
        "2020-01-01T00:00:00Z", "0001-01-01T00:00:00Z", "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59.9999999Z",
        "9999-12-31T23:59:59.9999999-14:00", "2027-02-29T10:00:00Z", "2028-02-29T10:00:00Z", "2027-13-01T10:00:00Z", "2027-00-00T10:00:00Z",
        "2027-06-01T24:00:00Z", "2027-06-01T23:59:60Z", "2027-06-01T10:00:00", "2027-06-01 10:00:00Z", "2027-06-01T10:00Z",
        "2027-06-01T10:00:00+14:00", "2027-06-01T10:00:00+14:01", "2027-06-01T10:00:00-00:00", "2027-06-01T10:00:00+99:99",
        "2027-06-01T10:00:00.1234567Z", "2027-06-01T10:00:00.12345678Z", "2027-06-01T10:00:00.Z", "2027-06-01t10:00:00z",
        "2027-W22-2T10:00:00Z", "2027-152T10:00:00Z", "-2027-06-01T10:00:00Z", "+12027-06-01T10:00:00Z", "٢٠٢٧-٠٦-٠١T١٠:٠٠:٠٠Z",
        "1900000000", "now", "tomorrow", "2027-06-01T10:00:00Z ", " 2027-06-01T10:00:00Z", "2027-06-01T10:00:00Z\\n", "2027-06-01T10:00:00Z\\u0000",
    ];

    private static readonly string[] Urls =
    [
        "https://meet.example.com/abc", "http://meet.example.com:8080/a?b=c#d", "https://[::1]/", "https://[::1", "https://", "http:///x", "https:/x", "//x/y",
        "https://user:password@meet.example.com/", "javascript:alert(1)", "file:///etc/passwd", "data:text/html,x", "ftp://x/", "mailto:a@b", "https://x:99999/",
        "https://x:-1/", "https://xn--/", "https://xn--a-ecp.ru/", "https://müller.example/ß?ü=ö", "https://ex ample/", "https://a/%zz", "https://a/%", "https://a/\\\\..\\\\",
        "https://a/../../..", "https://127.0.0.1.:80/", "https://0x7f.1/", "https://①.example/", "https://\\u202e.example/", "https://a\\u0000b/", "https://a/\\ud83d\\ude00",
        "HTTPS://MEET.EXAMPLE.COM", "https://.", "https://..", "https://a..b/", "https://-/", "\\\\\\\\server\\\\share", "/abc", "abc", "", " ", "urn:x",
    ];

    private static readonly string[] Texts =
    [
        "Notes", "", " ", "\\u0000", "\\u0007", "\\u001b[2J", "\\ud800", "\\udc00\\ud800", "\\ud83d\\ude00", "\\u202eevil", "\\ufeff", "\\u2028", "é", "e\\u0301",
        "' OR 1=1 --", "<script>alert(1)</script>", "${jndi:ldap://x}", "{{7*7}}", "%s%n%x", "../../etc/passwd", "null", "\\r\\nSet-Cookie: a=b", "\\\"", "\\\\",
    ];

    private static readonly string[] Numbers =
    [
        "0", "-0", "-1", "1e400", "-1e400", "1e-400", "9223372036854775808", "123456789012345678901234567890", "1.7976931348623157e309", "0.1e+99999999999", "01", "+1",
        ".5", "1.", "NaN", "Infinity", "0x10",
    ];

    private static readonly string[] Others =
    [
        "null", "true", "false", "{}", "[]", "[null]", "[[]]", "{\"a\":1}", "{\"a\":1,\"a\":2}", "{\"\":0}", "{\"\\ud800\":1}", "{\"a\":\"\\ud800\"}", "{\"a\":\"\\u0000\"}", "undefined",
        "'text'", "", "//x", "/*x*/1", "tru", "\"", "\"\\x\"", "\"\\u12\"", "\"\t\"",
    ];

    public static string Date(Random random) => Quote(Pick(random, Dates));

    public static string Url(Random random) => Quote(random.Next(20) == 0 ? "https://a/" + new string('x', random.Next(4000)) : Pick(random, Urls));

    public static string Text(Random random) => Quote(random.Next(20) == 0 ? Repeat(random, Pick(random, Texts)) : Pick(random, Texts));

    /// <summary>Any value, well-formed or not, of any type.</summary>
    public static string Any(Random random) => random.Next(8) switch
    {
        0 => Date(random),
        1 => Url(random),
        2 => Text(random),
        3 => Pick(random, Numbers),
        4 => Deep(random),
        5 => new string('9', random.Next(1, 2000)),
        _ => Pick(random, Others),
    };

    public static string Metadata(Random random) => random.Next(6) switch
    {
        0 => Any(random),
        1 => Deep(random),
        2 => $$"""{ "a": {{Quote(new string('m', Pick(random, 20, 16_350, 20_000, 70_000)))}} }""",
        3 => $$"""{ {{Text(random)}}: {{Any(random)}} }""",
        _ => $$"""{ "meeting": {{random.Next()}}, "tags": ["a", "b"] }""",
    };

    public static T Pick<T>(Random random, params ReadOnlySpan<T> choices) => choices[random.Next(choices.Length)];

    /// <summary>Nested up to and far beyond the depth that a parser may follow.</summary>
    private static string Deep(Random random)
    {
        int depth = Pick(random, 5, 31, 62, 63, 64, 65, 200, 5000);
        return random.Next(2) == 0
            ? new string('[', depth) + new string(']', random.Next(2) == 0 ? depth : depth / 2)
            : string.Concat(Enumerable.Repeat("{\"a\":", depth)) + "1" + new string('}', depth);
    }

    private static string Repeat(Random random, string text) => string.Concat(Enumerable.Repeat(text, random.Next(1, 400)));

    private static string Quote(string text) => $"\"{text}\"";
}
