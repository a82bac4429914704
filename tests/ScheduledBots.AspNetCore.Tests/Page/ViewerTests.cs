using System.Net.ServerSentEvents;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using ScheduledBots.AspNetCore.Page;
using ScheduledBots.Lifecycle;
using ScheduledBots.Storage;

namespace ScheduledBots.AspNetCore.Tests.Page;

/// <summary>One stream in time that is stepped: what is told together, and how it ends.</summary>
public sealed class ViewerTests : IAsyncDisposable
{
    private static readonly TimeSpan Beat = TimeSpan.FromMilliseconds(250);

    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 3, 2, 8, 0, 0, TimeSpan.Zero));
    private readonly ServiceProvider _services;
    private readonly PageViewer _viewer;
    private readonly DefaultHttpContext _context = new();

    public ViewerTests()
    {
        var services = new ServiceCollection();
        services.AddSingleton<TimeProvider>(_time);
        services.AddScheduledBots().UseInMemoryStorage().ScheduleOnly();
        _services = services.BuildServiceProvider();
        var model = new PageModel(
            _services.GetRequiredService<IBotScheduler>(), null, PageRange.Of("1h")!, _services.GetRequiredKeyedService<INodeDirectory>(""), _time, NullLogger.Instance);
        _viewer = new PageViewer(model, _time) { OnLeave = _ => { } };
    }

    // Mutant: Tell without its limit.
    [Fact]
    public async Task Thousands_of_changes_between_two_beats_are_one_message_with_a_hundred_names()
    {
        using var body = new MemoryStream();
        _context.Response.Body = body;
        for (int i = 0; i < 5_000; i++)
        {
            _viewer.Tell(BotId.New(_time.GetUtcNow()));
        }

        await SendForAsync(TimeSpan.FromSeconds(2));

        (string Name, JsonElement Data)[] sent = Parse(body);
        JsonElement changes = Assert.Single(sent, message => message.Name == "changes").Data;
        Assert.Equal(PageViewer.MaxChanges, changes.GetProperty("bots").GetArrayLength());
        Assert.True(changes.GetProperty("has_more").GetBoolean());
        Assert.InRange(sent.Count(message => message.Name == "overview"), 1, 3);
    }

    [Fact]
    public async Task A_stream_ends_after_ten_minutes()
    {
        using var body = new MemoryStream();
        _context.Response.Body = body;

        Task sending = _viewer.SendAsync(_context, CancellationToken.None);
        await StepAsync(TimeSpan.FromMinutes(10) + Beat, TimeSpan.FromSeconds(5), sending);

        await sending.WaitAsync(PageClient.Patience);
    }

    // Mutant: WriteAsync without its patience.
    [Fact]
    public async Task A_client_that_takes_no_bytes_is_dropped()
    {
        var lifetime = new Lifetime();
        _context.Features.Set<IHttpRequestLifetimeFeature>(lifetime);
        _context.Response.Body = new StuckStream();

        Task sending = _viewer.SendAsync(_context, CancellationToken.None);
        await StepAsync(TimeSpan.FromSeconds(10), Beat, sending);

        await sending.WaitAsync(PageClient.Patience);
        Assert.True(lifetime.IsAborted);
    }

    public async ValueTask DisposeAsync()
    {
        _viewer.Model.Dispose();
        await _services.DisposeAsync();
    }

    private async Task SendForAsync(TimeSpan time)
    {
        using var stopping = new CancellationTokenSource();
        Task sending = _viewer.SendAsync(_context, stopping.Token);
        await StepAsync(time, Beat, sending);
        await stopping.CancelAsync();
        await sending.WaitAsync(PageClient.Patience);
    }

    /// <summary>Lets time pass step by step; between two steps the stream has the turns that it asks for.</summary>
    private async Task StepAsync(TimeSpan time, TimeSpan step, Task sending)
    {
        for (TimeSpan passed = TimeSpan.Zero; passed < time && !sending.IsCompleted; passed += step)
        {
            for (int turn = 0; turn < 100; turn++)
            {
                await Task.Yield();
            }

            _time.Advance(step);
        }
    }

    private static (string, JsonElement)[] Parse(MemoryStream body)
    {
        body.Position = 0;
        return [.. SseParser.Create(body).Enumerate().Select(item => (item.EventType, JsonElement.Parse(item.Data)))];
    }

    private sealed class Lifetime : IHttpRequestLifetimeFeature
    {
        public bool IsAborted { get; private set; }

        public CancellationToken RequestAborted { get; set; }

        public void Abort() => IsAborted = true;
    }

    /// <summary>A connection into which nothing fits any more.</summary>
    private sealed class StuckStream : Stream
    {
        public override bool CanRead => false;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override void Flush()
        {
            // Only bytes are stuck.
        }

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) =>
            await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
    }
}
