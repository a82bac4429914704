using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace ScheduledBots.Storage.EfCore.Tests.Postgres;

/// <summary>A network between a store and its database that can begin to swallow every packet without a word.</summary>
internal sealed class Tunnel : IAsyncDisposable
{
    private readonly TcpListener _entry = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _ends = new();
    private readonly int _exit;
    private readonly Task _digging;
    private volatile bool _swallows;

    /// <param name="connectionString">The database at the other end.</param>
    public Tunnel(string connectionString)
    {
        var settings = new NpgsqlConnectionStringBuilder(connectionString);
        _exit = settings.Port;
        _entry.Start();
        settings.Port = ((IPEndPoint)_entry.LocalEndpoint).Port;
        ConnectionString = settings.ConnectionString;
        _digging = DigAsync();
    }

    /// <summary>The database as it is reached through here.</summary>
    public string ConnectionString { get; }

    /// <summary>From here on nothing passes, on connections that are and that come, and nobody is told.</summary>
    public void Swallow() => _swallows = true;

    /// <summary>New connections pass again; on the old ones everything stays lost.</summary>
    public void Heal() => _swallows = false;

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _ends.CancelAsync();
        _entry.Stop();
        await _digging.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _ends.Dispose();
    }

    private async Task DigAsync()
    {
        while (true)
        {
            TcpClient here = await _entry.AcceptTcpClientAsync(_ends.Token);
            _ = PassAsync(here);
        }
    }

    private async Task PassAsync(TcpClient here)
    {
        using (here)
        using (var there = new TcpClient())
        {
            await there.ConnectAsync(IPAddress.Loopback, _exit, _ends.Token);
            await Task.WhenAny(CopyAsync(here.GetStream(), there.GetStream()), CopyAsync(there.GetStream(), here.GetStream()));
        }
    }

    private async Task CopyAsync(NetworkStream from, NetworkStream to)
    {
        byte[] buffer = new byte[16_384];
        bool isLost = false;
        while (await from.ReadAsync(buffer, _ends.Token) is var count and > 0)
        {
            isLost |= _swallows;
            if (!isLost)
            {
                await to.WriteAsync(buffer.AsMemory(0, count), _ends.Token);
            }
        }
    }
}
