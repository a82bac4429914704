using System.Globalization;
using System.Text.RegularExpressions;
using FsCheck;
using FsCheck.Fluent;
using ScheduledBots.Tests.Lifecycle;

namespace ScheduledBots.Tests.Face;

/// <summary>Texts of the years 2 to 9998, offsets of -14:00 to +14:00, with and without seconds, fractions of 0 to 12 digits.</summary>
public partial class JoinAtTextLaws
{
    private static readonly Gen<(string Text, DateTimeOffset Second, decimal Fraction)> Written =
        from days in Gen.Choose(0, 3_651_000)
        from second in Gen.Choose(0, 86_399)
        from minutes in Gen.Choose(-840, 840)
        from digits in Gen.Elements(0, 0, 1, 3, 6, 7, 9, 12)
        from fraction in Gen.Choose(0, 999_999).And(Gen.Choose(0, 999_999))
        from hasSeconds in Gen.Elements(true, true, true, false)
        from mark in Gen.Elements('.', ',')
        select Write(days, second, minutes, $"{fraction.First:D6}{fraction.Second:D6}"[..digits], hasSeconds, mark);

    // Mutant: TakeFraction does not look beyond six digits. Mutant: the offset is added. Mutant: a fraction of 3 digits is read as microseconds.
    [Fact]
    public void What_was_written_is_read_and_never_as_an_earlier_instant()
    {
        int roundedUp = 0;

        Law.Holds(Written, written =>
        {
            DateTimeOffset read = JoinAtText.Parse(written.Text);

            decimal microseconds = Math.Ceiling(written.Fraction * 1_000_000);
            Assert.Equal(written.Second.AddMicroseconds((double)microseconds), read);
            Assert.Equal(TimeSpan.Zero, read.Offset);
            roundedUp += microseconds != written.Fraction * 1_000_000 ? 1 : 0;
        });

        Assert.True(roundedUp > 100, $"{roundedUp} were rounded up");
    }

    // Mutant: Read ends before `goes on after its offset`. Mutant: TakeNumber takes any digit of Unicode (char.IsDigit).
    [Fact]
    public void A_text_that_was_spoilt_is_refused_unless_it_is_strict_still()
    {
        int refused = 0, accepted = 0;

        Law.Holds(Written.And(Gen.Choose(0, 99).And(Gen.Choose(0, 40))), drawn =>
        {
            string text = Spoil(drawn.First.Text, drawn.Second.First, drawn.Second.Second);

            bool isRead = JoinAtText.TryParse(text, out DateTimeOffset joinAt, out string? problem);

            Assert.Equal(isRead, problem is null);
            Assert.True(isRead ? Strict().IsMatch(text) : joinAt == default, text);
            _ = isRead ? accepted++ : refused++;
        });

        Assert.True(refused > 500 && accepted > 50, $"{refused} refused, {accepted} accepted");
    }

    [Theory]
    [InlineData(null, "is missing")]
    [InlineData("", "does not begin with a date")]
    [InlineData("tomorrow", "does not begin with a date")]
    [InlineData("20260302T090000Z", "does not begin with a date")]
    [InlineData("2026-W10-1T09:00Z", "does not begin with a date")]
    [InlineData(" 2026-03-02T09:00:00Z", "does not begin with a date")]
    [InlineData("２０２６-03-02T09:00:00Z", "does not begin with a date")]
    [InlineData("2026-03-02", "has no time")]
    [InlineData("2026-03-02 09:00:00Z", "has no time")]
    [InlineData("2026-03-02t09:00:00z", "has no time")]
    [InlineData("2026-03-02T09Z", "has no time")]
    [InlineData("2026-03-02T09:00:0Z", "has seconds that are not")]
    [InlineData("2026-03-02T09:00:00.Z", "has seconds that are not")]
    [InlineData("2026-03-02T09:00:00", "has no offset")]
    [InlineData("2026-03-02T09:00", "has no offset")]
    [InlineData("2026-03-02T09:00:00 Z", "something else than an offset")]
    [InlineData("2026-03-02T09:00:00 Europe/Berlin", "something else than an offset")]
    [InlineData("2026-03-02T09:00:00+01", "not of the form +01:00")]
    [InlineData("2026-03-02T09:00:00+0100", "not of the form +01:00")]
    [InlineData("2026-03-02T09:00:00+01:60", "not of the form +01:00")]
    [InlineData("2026-03-02T09:00:00+14:01", "more than 14 hours")]
    [InlineData("2026-03-02T09:00:00-00:00", "not known")]
    [InlineData("2026-03-02T09:00:00Z\n", "goes on after its offset")]
    [InlineData("2026-03-02T09:00:00Z[UTC]", "goes on after its offset")]
    [InlineData("2026-02-29T09:00:00Z", "no calendar has")]
    [InlineData("2026-13-01T09:00:00Z", "no calendar has")]
    [InlineData("0000-01-01T09:00:00Z", "no calendar has")]
    [InlineData("2026-03-02T24:00:00Z", "no day has")]
    [InlineData("2026-03-02T09:60:00Z", "no day has")]
    [InlineData("2026-12-31T23:59:60Z", "no day has")]
    [InlineData("0001-01-01T00:00:00+14:00", "years 1 to 9999")]
    [InlineData("9999-12-31T23:59:59.9999999Z", "years 1 to 9999")]
    public void A_refusal_says_what_is_wrong_and_how_to_write_it(string? text, string wanted)
    {
        Assert.False(JoinAtText.TryParse(text, out _, out string? problem));

        Assert.Contains(wanted, problem, StringComparison.Ordinal);
        Assert.Contains("2026-03-02T10:00:00+01:00", problem, StringComparison.Ordinal);
    }

    [Fact]
    public void A_refusal_does_not_repeat_the_text()
    {
        Assert.False(JoinAtText.TryParse("2026-03-02T09:00:00 secret", out _, out string? problem));

        Assert.DoesNotContain("secret", problem, StringComparison.Ordinal);
    }

    [Fact]
    public void A_text_that_is_too_long_is_refused_before_it_is_read()
    {
        string text = "2026-03-02T09:00:00." + new string('0', 100_000) + "Z";

        Assert.Contains("at most 64", Assert.Throws<FormatException>(() => JoinAtText.Parse(text)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentNullException>(() => JoinAtText.Parse(null!));
    }

    private static (string, DateTimeOffset, decimal) Write(int days, int second, int minutes, string fraction, bool hasSeconds, char mark)
    {
        DateTime utc = new DateTime(2, 1, 1).AddDays(days).AddSeconds(second);
        string offset = minutes == 0 ? "Z" : $"{(minutes < 0 ? '-' : '+')}{Math.Abs(minutes) / 60:D2}:{Math.Abs(minutes) % 60:D2}";
        if (!hasSeconds)
        {
            utc = utc.AddSeconds(-utc.Second);
            return (utc.AddMinutes(minutes).ToString("yyyy-MM-dd'T'HH:mm", CultureInfo.InvariantCulture) + offset, new DateTimeOffset(utc, TimeSpan.Zero), 0);
        }

        string text = utc.AddMinutes(minutes).ToString("yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture);
        decimal parts = fraction.Length == 0 ? 0 : decimal.Parse("0." + fraction, CultureInfo.InvariantCulture);
        return (text + (fraction.Length == 0 ? "" : mark + fraction) + offset, new DateTimeOffset(utc, TimeSpan.Zero), parts);
    }

    private static string Spoil(string text, int what, int where)
    {
        int at = where % text.Length;
        return (what % 4) switch
        {
            0 => text[..at] + text[(at + 1)..],
            1 => text[..at] + "0123456789-+:.TZ ٣\0\uD800"[what / 4 % 20] + text[at..],
            2 => text[..at] + "0123456789-+:.TZ ٣\0\uD800"[what / 4 % 20] + text[(at + 1)..],
            _ => text[..at],
        };
    }

    [GeneratedRegex(@"^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}(:[0-9]{2}([.,][0-9]+)?)?(Z|[+-][0-9]{2}:[0-9]{2})\z")]
    private static partial Regex Strict();
}
