using BrowserBots;

namespace ScheduledBots.Samples.Tests;

public sealed class BrowserOutcomeTests
{
    [Fact]
    public void It_compares_the_medians()
    {
        var odd = new Outcome([30, 900, 20], [800, 100, 9000]);
        var even = new Outcome([10, 20, 30, 90], [1000, 2000, 500, 1500]);

        Assert.Equal("scheduled arrived 30.0 ms after join_at, ad-hoc 800.0 ms after its request (26.7 times)", odd.Line);
        Assert.Equal("scheduled arrived 25.0 ms after join_at, ad-hoc 1250.0 ms after its request (50.0 times)", even.Line);
    }

    // Mutant: Wanted is 4.
    // Mutant: IsGood without the early ones.
    [Theory]
    [InlineData(100, 500, true)]
    [InlineData(100, 499, false)]
    [InlineData(-0.001, 500, false)]
    public void Five_times_sooner_and_never_early_is_good(double scheduled, double adHoc, bool isGood) =>
        Assert.Equal(isGood, new Outcome([scheduled, 100, 100], [adHoc, adHoc, adHoc]).IsGood);
}
