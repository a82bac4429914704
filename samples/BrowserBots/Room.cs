using System.Collections.Concurrent;
using System.Net.WebSockets;
using System.Text;
using ScheduledBots.Lifecycle;

namespace BrowserBots;

/// <summary>
/// The meeting, from its own side: a page whose script opens a WebSocket and says who is there. Whoever has said so has arrived, at what the
/// room's clock shows then; what a bot believes of itself is not asked.
/// </summary>
internal sealed class Room(TimeProvider timeProvider, IHostApplicationLifetime lifetime)
{
    /// <summary>A page of the meeting's site that nobody in the meeting notices being read.</summary>
    public const string QuietPath = "/robots.txt";

    public const string MeetingPath = "/meeting";

    private const string SocketPath = "/meeting/socket";
    private const int MaxHelloLength = 64;

    /// <summary>The promise is kept once the room has answered and broken if it hangs up before, so that the joiner hears of both.</summary>
    private const string Page = $$"""
        <!doctype html>
        <title>Meeting</title>
        <script>
          window.admitted = new Promise((resolve, reject) => {
            const socket = new WebSocket(`ws://${location.host}{{SocketPath}}`);
            socket.onopen = () => socket.send(new URLSearchParams(location.search).get("who"));
            socket.onmessage = () => resolve();
            socket.onclose = () => reject(new Error("the room has hung up"));
          });
        </script>
        """;

    private readonly ConcurrentDictionary<string, TaskCompletionSource<DateTimeOffset>> _arrivals = new();

    /// <summary>The address at which this bot enters; the same meeting for all.</summary>
    public static string UrlFor(Bot bot) => $"{bot.MeetingUrl}?who={bot.Id}";

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(QuietPath, () => Results.Text("User-agent: *\nDisallow: /\n"));
        routes.MapGet(MeetingPath, () => Results.Content(Page, "text/html"));
        routes.Map(SocketPath, AdmitAsync);
    }

    /// <summary>When a bot was in the meeting, as soon as it is.</summary>
    public Task<DateTimeOffset> ArrivalOfAsync(BotId id) => Arrival(id.ToString()).Task;

    private async Task AdmitAsync(HttpContext context)
    {
        if (!context.WebSockets.IsWebSocketRequest)
        {
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
            return;
        }

        using var closing = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, lifetime.ApplicationStopping);
        using WebSocket socket = await context.WebSockets.AcceptWebSocketAsync();
        try
        {
            byte[] hello = new byte[MaxHelloLength];
            WebSocketReceiveResult received = await socket.ReceiveAsync(hello, closing.Token);
            Arrival(Encoding.UTF8.GetString(hello, 0, received.Count)).TrySetResult(timeProvider.GetUtcNow());
            await socket.SendAsync("welcome"u8.ToArray(), WebSocketMessageType.Text, endOfMessage: true, closing.Token);

            // It stays until it leaves, which is what ends the wait.
            await socket.ReceiveAsync(hello, closing.Token);
        }
        catch (Exception error) when (error is WebSocketException or OperationCanceledException)
        {
            // A browser that is closed says no farewell.
        }
    }

    private TaskCompletionSource<DateTimeOffset> Arrival(string who) =>
        _arrivals.GetOrAdd(who, _ => new TaskCompletionSource<DateTimeOffset>(TaskCreationOptions.RunContinuationsAsynchronously));
}
