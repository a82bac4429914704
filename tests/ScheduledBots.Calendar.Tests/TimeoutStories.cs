using System.IO.Pipelines;
using System.Net;
using System.Net.Sockets;

namespace ScheduledBots.Calendar.Tests;

/// <summary>A feed that does not come is given up at its time-out, on the host's clock.</summary>
public sealed class TimeoutStories
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(20);

    /// <summary>Of the test, on the machine's clock: what waits for ever is to fail, not to hang.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private static readonly CalendarFeedOptions Options = new() { Timeout = Timeout, AllowPrivateAddresses = true };

    // Mutant: StreamSource hands on the caller's token alone.
    [Fact]
    public async Task A_stream_that_says_no_more_is_given_up_at_the_time_out_and_not_before()
    {
        var time = new NotingTime();
        var pipe = new Pipe();
        await pipe.Writer.WriteAsync("BEGIN:VCALENDAR\r\n"u8.ToArray());

        Task<CalendarContents> reading = CalendarContents.ReadAsync(CalendarSource.Stream(_ => new(pipe.Reader.AsStream())), Options, time);
        time.Advance(Timeout - TimeSpan.FromTicks(1));
        bool isOverBefore = reading.IsCompleted;
        time.Advance(TimeSpan.FromTicks(1));

        var refusal = await Assert.ThrowsAsync<CalendarFeedException>(() => reading.WaitAsync(Patience));
        Assert.False(isOverBefore);
        Assert.Equal("The stream of the feed was not read within 00:00:20.", refusal.Message);
    }

    [Fact]
    public async Task A_stream_that_is_not_opened_is_given_up_at_the_time_out()
    {
        var time = new NotingTime();
        CalendarSource source = CalendarSource.Stream(async cancel =>
        {
            await Task.Delay(System.Threading.Timeout.InfiniteTimeSpan, cancel);
            return Stream.Null;
        });

        Task<CalendarContents> reading = CalendarContents.ReadAsync(source, Options, time);
        time.Advance(Timeout);

        await Assert.ThrowsAsync<CalendarFeedException>(() => reading.WaitAsync(Patience));
    }

    // Connected, because the machine answers for a listener, but never answered. Mutant: UrlSource hands on the caller's token alone.
    [Fact]
    public async Task A_server_that_does_not_answer_is_given_up_at_the_time_out()
    {
        var time = new NotingTime();
        using var server = new TcpListener(IPAddress.Loopback, 0);
        server.Start();

        Task<CalendarContents> reading = CalendarContents.ReadAsync(SourceOf(server), Options, time);
        time.Advance(Timeout);

        var refusal = await Assert.ThrowsAsync<CalendarFeedException>(() => reading.WaitAsync(Patience));
        Assert.Equal("The feed's server did not answer within 00:00:20.", refusal.Message);
    }

    [Fact]
    public async Task A_server_that_stops_in_the_middle_of_its_answer_is_given_up_at_the_time_out()
    {
        var time = new NotingTime();
        using var server = new TcpListener(IPAddress.Loopback, 0);
        server.Start();

        Task<CalendarContents> reading = CalendarContents.ReadAsync(SourceOf(server), Options, time);
        using TcpClient client = await server.AcceptTcpClientAsync();
        await client.GetStream().WriteAsync("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\nBEGIN:VCALENDAR\r\n"u8.ToArray());
        time.Advance(Timeout);

        var refusal = await Assert.ThrowsAsync<CalendarFeedException>(() => reading.WaitAsync(Patience));
        Assert.DoesNotContain("127.0.0.1", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_caller_who_gives_up_is_told_so_and_not_that_the_feed_is_slow()
    {
        using var server = new TcpListener(IPAddress.Loopback, 0);
        server.Start();
        using var patience = new CancellationTokenSource();

        Task<CalendarContents> reading = CalendarContents.ReadAsync(SourceOf(server), Options, new NotingTime(), patience.Token);
        await patience.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => reading.WaitAsync(Patience));
    }

    // The next sync reads a version that could be read in the meantime.
    [Fact]
    public async Task The_poller_goes_on_after_a_time_out()
    {
        bool isSilent = true;
        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using PollingHost host = await PollingHost.StartAsync(async (host, cancel) =>
        {
            if (isSilent)
            {
                asked.TrySetResult();
                await Task.Delay(System.Threading.Timeout.InfiniteTimeSpan, cancel);
            }

            return await PollingHost.Read(host, cancel);
        });
        await asked.Task;

        host.Time.Advance(new CalendarFeedOptions().Timeout);
        await host.UntilSyncedAsync();
        isSilent = false;
        await host.NextSyncAsync();

        Assert.Equal([3, 1], host.Log.Select(line => line.Id.Id));
        Assert.Single(await host.OpenBotsAsync());
    }

    private static CalendarSource SourceOf(TcpListener server) => CalendarSource.Url(new Uri($"http://127.0.0.1:{((IPEndPoint)server.LocalEndpoint).Port}/team.ics"));
}
