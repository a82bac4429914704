using System.Net;
using System.Net.Sockets;
using System.Text;

namespace ScheduledBots.Calendar.Tests;

/// <summary>A server on loopback that answers each request with a text and closes.</summary>
internal sealed class FeedServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly List<string> _requests = [];
    private readonly Func<string, string> _answer;
    private readonly Task _serving;

    public FeedServer(Func<string, string> answer)
    {
        _answer = answer;
        _listener.Start();
        _serving = ServeAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public Uri Url => new($"http://127.0.0.1:{Port}/team.ics");

    public IReadOnlyList<string> Requests => _requests;

    public static string Ok(string body, string headers = "") =>
        $"HTTP/1.1 200 OK\r\n{headers}Content-Type: text/calendar\r\nContent-Length: {Encoding.UTF8.GetByteCount(body)}\r\nConnection: close\r\n\r\n{body}";

    public async ValueTask DisposeAsync()
    {
        _listener.Stop();
        await _serving;
        _listener.Dispose();
    }

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                using TcpClient client = await _listener.AcceptTcpClientAsync();
                await AnswerAsync(client.GetStream());
            }
        }
        catch (Exception error) when (error is SocketException or ObjectDisposedException or InvalidOperationException or IOException)
        {
            // The listener was stopped.
        }
    }

    private async Task AnswerAsync(NetworkStream stream)
    {
        using var reader = new StreamReader(stream, Encoding.ASCII, leaveOpen: true);
        var request = new StringBuilder();
        while (await reader.ReadLineAsync() is { Length: > 0 } line)
        {
            request.Append(line).Append('\n');
        }

        _requests.Add(request.ToString());
        await stream.WriteAsync(Encoding.UTF8.GetBytes(_answer(request.ToString())));
    }
}
