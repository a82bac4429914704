using System.Net;
using System.Net.Sockets;
using System.Text;

namespace ScheduledBots.Chaos.Rigging;

/// <summary>One connection over a <see cref="DatabaseProxy"/>.</summary>
internal sealed class ProxyConnection(DatabaseProxy line, int number, Socket client, int databasePort, CancellationToken ending) : IDisposable
{
    private readonly Socket _server = new(SocketType.Stream, ProtocolType.Tcp);

    public int Number => number;

    /// <summary>Carries bytes until either side ends.</summary>
    public async Task RunAsync()
    {
        try
        {
            await line.PassableAsync(ending);
            await _server.ConnectAsync(new IPEndPoint(IPAddress.Loopback, databasePort), ending);
            client.NoDelay = _server.NoDelay = true;
            await Task.WhenAny(PumpAsync(client, _server, isRequest: true), PumpAsync(_server, client, isRequest: false));
            await line.PassableAsync(ending); // an end, too, is only heard of where the line carries something
        }
        catch (Exception error) when (error is SocketException or OperationCanceledException or ObjectDisposedException)
        {
            // The database is down, or the line is: the other side learns it by its connection.
        }
        finally
        {
            Reset();
        }
    }

    /// <summary>Breaks it: both sides get a reset instead of an end.</summary>
    public void Reset()
    {
        client.Close(0);
        _server.Close(0);
    }

    public void Dispose() => Reset();

    private async Task PumpAsync(Socket from, Socket to, bool isRequest)
    {
        byte[] buffer = new byte[64 * 1024];
        try
        {
            while (await from.ReceiveAsync(buffer, ending) is > 0 and int count)
            {
                await line.PassableAsync(ending);
                if (line.Delay > TimeSpan.Zero)
                {
                    await Task.Delay(line.Delay, ending);
                }

                if (isRequest || line.Mode != ProxyMode.DropAnswers)
                {
                    Note(buffer.AsSpan(0, count), isRequest);
                    await SendAsync(to, buffer.AsMemory(0, count));
                }
            }
        }
        catch (Exception error) when (error is SocketException or OperationCanceledException or ObjectDisposedException)
        {
            // It ends with either side.
        }
    }

    private async Task SendAsync(Socket to, ReadOnlyMemory<byte> bytes)
    {
        while (bytes.Length > 0)
        {
            bytes = bytes[await to.SendAsync(bytes, ending)..];
        }
    }

    private void Note(ReadOnlySpan<byte> bytes, bool isRequest)
    {
        if (line.IsRecording)
        {
            line.Events.Enqueue(new ProxyEvent(
                TimeProvider.System.GetUtcNow(), number, isRequest, bytes.Length, isRequest ? Encoding.Latin1.GetString(bytes) : ""));
        }
    }
}
