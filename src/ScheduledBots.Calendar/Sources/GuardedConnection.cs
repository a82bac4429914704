using System.Net;
using System.Net.Sockets;

namespace ScheduledBots.Calendar.Sources;

/// <summary>
/// Resolves a name, judges each address and connects to one of those that were judged. The name is not resolved again between the
/// judgement and the connection, so a server of names cannot answer differently the second time.
/// </summary>
internal sealed class GuardedConnection(Func<string, CancellationToken, Task<IPAddress[]>> resolve, Func<IPAddress, bool> isAllowed)
{
    public async ValueTask<Stream> ConnectAsync(DnsEndPoint target, CancellationToken cancellationToken)
    {
        IPAddress[] all = IPAddress.TryParse(target.Host, out IPAddress? literal) ? [literal] : await resolve(target.Host, cancellationToken).ConfigureAwait(false);
        IPAddress[] allowed = [.. all.Where(isAllowed)];
        if (allowed.Length == 0)
        {
            throw new CalendarFeedException("The feed's host has no public address. Set AllowPrivateAddresses if it may be on a private network.");
        }

        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(allowed, target.Port, cancellationToken).ConfigureAwait(false);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
