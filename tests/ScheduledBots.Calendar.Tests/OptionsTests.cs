using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using ScheduledBots.Testing;

namespace ScheduledBots.Calendar.Tests;

public sealed class OptionsTests
{
    /// <summary>One value that is too small, too large or senseless for each rule, under the name of its option.</summary>
    public static TheoryData<string, Action<CalendarFeedOptions>> Broken => new()
    {
        { nameof(CalendarFeedOptions.BotName), options => options.BotName = " " },
        { nameof(CalendarFeedOptions.BotName), options => options.BotName = new string('n', 257) },
        { nameof(CalendarFeedOptions.BotName), options => options.BotName = "two\nlines" },
        { nameof(CalendarFeedOptions.BotName), options => options.BotName = null! },
        { nameof(CalendarFeedOptions.Tenant), options => options.Tenant = new string('t', 129) },
        { nameof(CalendarFeedOptions.Tenant), options => options.Tenant = "a\0b" },
        { nameof(CalendarFeedOptions.Tenant), options => options.Tenant = null! },
        { nameof(CalendarFeedOptions.Accepts), options => options.Accepts = null! },
        { nameof(CalendarFeedOptions.DefaultTimeZone), options => options.DefaultTimeZone = "Mars/Olympus" },
        { nameof(CalendarFeedOptions.DefaultTimeZone), options => options.DefaultTimeZone = null! },
        { nameof(CalendarFeedOptions.Window), options => options.Window = TimeSpan.FromHours(1) - TimeSpan.FromTicks(1) },
        { nameof(CalendarFeedOptions.Window), options => options.Window = TimeSpan.FromDays(366) + TimeSpan.FromTicks(1) },
        { nameof(CalendarFeedOptions.PollInterval), options => options.PollInterval = TimeSpan.FromSeconds(10) - TimeSpan.FromTicks(1) },
        { nameof(CalendarFeedOptions.PollInterval), options => options.PollInterval = TimeSpan.FromHours(24) + TimeSpan.FromTicks(1) },
        { nameof(CalendarFeedOptions.Timeout), options => options.Timeout = TimeSpan.FromSeconds(1) - TimeSpan.FromTicks(1) },
        { nameof(CalendarFeedOptions.Timeout), options => options.Timeout = TimeSpan.FromMinutes(10) + TimeSpan.FromTicks(1) },
        { nameof(CalendarFeedOptions.MaxRedirects), options => options.MaxRedirects = -1 },
        { nameof(CalendarFeedOptions.MaxRedirects), options => options.MaxRedirects = 21 },
        { nameof(CalendarFeedOptions.MaxBytes), options => options.MaxBytes = 1023 },
        { nameof(CalendarFeedOptions.MaxBytes), options => options.MaxBytes = (256 * 1024 * 1024) + 1 },
        { nameof(CalendarFeedOptions.MaxDepth), options => options.MaxDepth = 2 },
        { nameof(CalendarFeedOptions.MaxDepth), options => options.MaxDepth = 101 },
        { nameof(CalendarFeedOptions.MaxEvents), options => options.MaxEvents = 0 },
        { nameof(CalendarFeedOptions.MaxEvents), options => options.MaxEvents = 1_000_001 },
        { nameof(CalendarFeedOptions.MaxOccurrences), options => options.MaxOccurrences = 0 },
        { nameof(CalendarFeedOptions.MaxOccurrences), options => options.MaxOccurrences = 100_001 },
        { nameof(CalendarFeedOptions.MaxRecurrenceSteps), options => options.MaxRecurrenceSteps = 999 },
        { nameof(CalendarFeedOptions.MaxRecurrenceSteps), options => options.MaxRecurrenceSteps = 1_000_000_001 },
    };

    // Mutant: the range of MaxDepth begins at 2.
    [Theory]
    [MemberData(nameof(Broken))]
    public void A_value_beyond_its_range_is_named_and_nothing_else_is(string name, Action<CalendarFeedOptions> spoil)
    {
        var options = new CalendarFeedOptions();

        spoil(options);

        Assert.StartsWith(name + " ", Assert.Single(CalendarFeedRules.Broken(options)), StringComparison.Ordinal);
    }

    [Fact]
    public void The_defaults_and_both_ends_of_each_range_are_right()
    {
        Assert.Empty(CalendarFeedRules.Broken(new CalendarFeedOptions()));
        Assert.Empty(CalendarFeedRules.Broken(new CalendarFeedOptions
        {
            BotName = "n", Window = TimeSpan.FromHours(1), PollInterval = TimeSpan.FromSeconds(10), Timeout = TimeSpan.FromSeconds(1), MaxRedirects = 0,
            MaxBytes = 1024, MaxDepth = 3, MaxEvents = 1, MaxOccurrences = 1, MaxRecurrenceSteps = 1_000, DefaultTimeZone = "W. Europe Standard Time",
        }));
        Assert.Empty(CalendarFeedRules.Broken(new CalendarFeedOptions
        {
            BotName = new string('n', 256), Tenant = new string('t', 128), Window = TimeSpan.FromDays(366), PollInterval = TimeSpan.FromHours(24),
            Timeout = TimeSpan.FromMinutes(10), MaxRedirects = 20, MaxBytes = 256 * 1024 * 1024, MaxDepth = 100, MaxEvents = 1_000_000,
            MaxOccurrences = 100_000, MaxRecurrenceSteps = 1_000_000_000, DefaultTimeZone = "Europe/Berlin",
        }));
    }

    [Fact]
    public void Every_option_that_can_be_wrong_is_among_them()
    {
        // An owner is compared and nothing more; a private address is allowed or not.
        string[] free = [nameof(CalendarFeedOptions.Owner), nameof(CalendarFeedOptions.AllowPrivateAddresses)];

        Assert.Equal(
            typeof(CalendarFeedOptions).GetProperties().Select(property => property.Name).Except(free).Order(),
            Broken.Select(row => (string)row[0]).Distinct().Order());
    }

    // Mutant: CalendarPoller is given its sync when it is made, and only the first feed is heard of.
    [Fact]
    public async Task Options_of_two_feeds_are_all_listed_with_their_feeds_when_the_host_starts()
    {
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddScheduledBots().UseInMemoryStorage().ScheduleOnly()
            .AddCalendarFeed("one", Source, options => (options.BotName, options.MaxDepth) = ("", 0))
            .AddCalendarFeed("other", Source, options => options.PollInterval = TimeSpan.Zero)
            .AddCalendarFeed("right", Source);
        using IHost host = builder.Build();

        string all = (await Assert.ThrowsAnyAsync<Exception>(() => host.StartAsync())) switch
        {
            OptionsValidationException one => one.Message,
            AggregateException several => string.Join('\n', several.InnerExceptions.Cast<OptionsValidationException>().Select(error => error.Message)),
            Exception other => throw other,
        };

        Assert.Contains("Calendar feed 'one': BotName must have", all, StringComparison.Ordinal);
        Assert.Contains("Calendar feed 'one': MaxDepth is 0; it must be 3 to 100.", all, StringComparison.Ordinal);
        Assert.Contains("Calendar feed 'other': PollInterval is 00:00:00; it must be 00:00:10 to 1.00:00:00.", all, StringComparison.Ordinal);
        Assert.DoesNotContain("'right'", all, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_a_host_the_same_rules_hold_and_all_that_are_broken_are_said_at_once()
    {
        using TestSchedulerHost host = TestSchedulerHost.Start();

        var refusal = Assert.Throws<ArgumentException>(() =>
            new CalendarSync("team", Source, host.Scheduler, new CalendarFeedOptions { MaxEvents = 0, Timeout = TimeSpan.Zero }));

        Assert.Contains("MaxEvents is 0", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("Timeout is 00:00:00", refusal.Message, StringComparison.Ordinal);
    }

    private static CalendarSource Source => CalendarSource.Stream(_ => new ValueTask<Stream>(Stream.Null));
}
