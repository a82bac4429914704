using System.Globalization;
using Microsoft.Extensions.Logging;

namespace ScheduledBots.Chaos.Node;

/// <summary>The log of a node as a file.</summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class FileLog(string file) : ILoggerProvider, ILogger
{
    private readonly StreamWriter _writer = new(file, append: true) { AutoFlush = true };
    private readonly Lock _lock = new();

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Information;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (!IsEnabled(logLevel))
        {
            return;
        }

        string line = string.Create(CultureInfo.InvariantCulture, $"{TimeProvider.System.GetUtcNow():HH:mm:ss.ffffff} {logLevel} {eventId.Id} {formatter(state, exception)} {exception}");
        lock (_lock)
        {
            _writer.WriteLine(line);
        }
    }

    public void Dispose()
    {
        lock (_lock)
        {
            _writer.Dispose();
        }
    }
}
