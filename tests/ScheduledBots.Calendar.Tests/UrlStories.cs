using System.Net;
using ScheduledBots.Calendar.Sources;

namespace ScheduledBots.Calendar.Tests;

public sealed class UrlStories
{
    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("10.1.2.3")]
    [InlineData("169.254.169.254")]
    [InlineData("192.168.1.1")]
    [InlineData("100.64.0.1")]
    [InlineData("0.0.0.0")]
    [InlineData("::1")]
    [InlineData("fe80::1")]
    [InlineData("fd00::1")]
    [InlineData("::ffff:127.0.0.1")]
    [InlineData("64:ff9b::a00:1")]
    [InlineData("2002:7f00:1::")]
    public void Addresses_that_are_not_the_publics_are_known(string address) => Assert.False(AddressRule.IsPublic(IPAddress.Parse(address)));

    [Theory]
    [InlineData("8.8.8.8")]
    [InlineData("172.32.0.1")]
    [InlineData("2606:4700::1111")]
    [InlineData("64:ff9b::808:808")]
    public void Public_addresses_are_known(string address) => Assert.True(AddressRule.IsPublic(IPAddress.Parse(address)));

    [Fact]
    public async Task A_private_address_is_refused_as_it_stands_and_as_what_a_name_means()
    {
        await using var server = new FeedServer(_ => FeedServer.Ok(Feed.Of()));
        var named = new UrlSource(new Uri($"http://calendar.example.com:{server.Port}/")) { Resolve = (_, _) => Task.FromResult<IPAddress[]>([IPAddress.Loopback]) };

        foreach (CalendarSource source in (CalendarSource[])[CalendarSource.Url(server.Url), named])
        {
            var refusal = await Assert.ThrowsAsync<CalendarFeedException>(() => CalendarContents.ReadAsync(source));
            Assert.Contains("AllowPrivateAddresses", refusal.Message, StringComparison.Ordinal);
        }

        Assert.Empty(server.Requests);
    }

    [Fact]
    public async Task A_redirect_to_a_private_address_is_refused()
    {
        await using var server = new FeedServer(request => request.StartsWith("GET /private", StringComparison.Ordinal)
            ? FeedServer.Ok(Feed.Of())
            : "HTTP/1.1 302 Found\r\nLocation: http://127.0.0.2/private\r\nContent-Length: 0\r\n\r\n");
        var source = new UrlSource(server.Url) { IsAllowed = address => address.Equals(IPAddress.Loopback) };

        var refusal = await Assert.ThrowsAsync<CalendarFeedException>(() => CalendarContents.ReadAsync(source));

        Assert.Contains("AllowPrivateAddresses", refusal.Message, StringComparison.Ordinal);
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task Redirects_are_followed_until_the_limit()
    {
        await using var server = new FeedServer(_ => "HTTP/1.1 301 Moved\r\nLocation: /again\r\nContent-Length: 0\r\n\r\n");

        var refusal = await Assert.ThrowsAsync<CalendarFeedException>(() =>
            CalendarContents.ReadAsync(CalendarSource.Url(server.Url), new CalendarFeedOptions { AllowPrivateAddresses = true, MaxRedirects = 2 }));

        Assert.Contains("more than 2 times", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(3, server.Requests.Count);
    }

    [Fact]
    public async Task An_unchanged_feed_is_neither_sent_nor_parsed_again()
    {
        await using var server = new FeedServer(request => request.Contains("If-None-Match: \"v1\"", StringComparison.OrdinalIgnoreCase)
            && request.Contains("If-Modified-Since: Mon, 02 Mar 2026 07:00:00 GMT", StringComparison.OrdinalIgnoreCase)
                ? "HTTP/1.1 304 Not Modified\r\n\r\n"
                : FeedServer.Ok(Feed.Of(Feed.At("a", "1000")), "ETag: \"v1\"\r\nLast-Modified: Mon, 02 Mar 2026 07:00:00 GMT\r\n"));
        using var host = Testing.TestSchedulerHost.Start(new Testing.TestSchedulerSetup { Patience = TimeSpan.FromSeconds(5) });
        using var sync = new CalendarSync("team", CalendarSource.Url(server.Url), host.Scheduler, new CalendarFeedOptions { AllowPrivateAddresses = true }, host.Time);

        CalendarSyncReport first = await sync.SyncAsync();
        CalendarSyncReport second = await sync.SyncAsync();

        Assert.Equal((false, 1), (first.IsUnchanged, first.ScheduledCount));
        Assert.Equal((true, 1), (second.IsUnchanged, second.KeptCount));
        Assert.Equal(2, server.Requests.Count);
    }
}
