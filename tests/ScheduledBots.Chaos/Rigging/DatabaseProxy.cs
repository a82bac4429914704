using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace ScheduledBots.Chaos.Rigging;

/// <summary>A line to the database that can be slow, cut, swallow answers and be reset, and that says what went over it.</summary>
/// <remarks>Thread-safe. Every connection through it is a pair of sockets with two pumps.</remarks>
internal sealed class DatabaseProxy : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _ending = new();
    private readonly ConcurrentDictionary<int, ProxyConnection> _connections = new();
    private readonly int _databasePort;
    private readonly Task _accepting;
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _count;
    private bool _isDisposed;

    public DatabaseProxy(int databasePort)
    {
        _databasePort = databasePort;
        _listener.Start();
        Port = ((IPEndPoint)_listener.LocalEndpoint).Port;
        _accepting = AcceptAsync();
    }

    public int Port { get; }

    public ProxyMode Mode { get; private set; }

    /// <summary>How long each piece takes, each way.</summary>
    public TimeSpan Delay { get; set; }

    /// <summary>What went over the line while <see cref="IsRecording"/> was set.</summary>
    public ConcurrentQueue<ProxyEvent> Events { get; } = new();

    public bool IsRecording { get; set; }

    public void Switch(ProxyMode mode)
    {
        ProxyMode last = Mode;
        Mode = mode;
        if (last == ProxyMode.DropAnswers)
        {
            Reset(); // what was swallowed is missing in the middle of every conversation
        }

        Interlocked.Exchange(ref _changed, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).SetResult();
    }

    /// <summary>Breaks every connection that there is, both ways at once.</summary>
    public void Reset()
    {
        foreach (ProxyConnection connection in _connections.Values)
        {
            connection.Reset();
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _isDisposed, true))
        {
            return;
        }

        await _ending.CancelAsync();
        _listener.Stop();
        Reset();
        await _accepting;
        _listener.Dispose();
        _ending.Dispose();
    }

    /// <summary>Ends when the line carries something in a direction again.</summary>
    internal async Task PassableAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            Task changed = Volatile.Read(ref _changed).Task;
            if (Mode != ProxyMode.BlackHole)
            {
                return;
            }

            await changed.WaitAsync(cancellationToken);
        }
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                Socket client = await _listener.AcceptSocketAsync(_ending.Token);
                int number = Interlocked.Increment(ref _count);
                var connection = new ProxyConnection(this, number, client, _databasePort, _ending.Token);
                _connections[number] = connection;
                _ = EndAsync(connection);
            }
        }
        catch (Exception error) when (error is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The line is taken down.
        }
    }

    private async Task EndAsync(ProxyConnection connection)
    {
        using (connection)
        {
            await connection.RunAsync();
            _connections.TryRemove(connection.Number, out _);
        }
    }
}
