using Microsoft.Extensions.Logging;
using ScheduledBots.Simulation.History;

namespace ScheduledBots.Simulation.World;

/// <summary>Listens for what an engine must never say: that a turn of its loop failed.</summary>
internal sealed class ProcessLog(Process process, Simulation world) : ILogger, ILoggerFactory
{
    public ILogger CreateLogger(string categoryName) => this;

    public void AddProvider(ILoggerProvider provider)
    {
        // Nobody else listens.
    }

    public void Dispose()
    {
        // It owns nothing.
    }

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Critical;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (logLevel >= LogLevel.Critical)
        {
            world.Recorder.Add(new Entry.Faltered(world.Timeline.Now, process.Number, $"{formatter(state, exception)} {exception}"));
        }
    }
}
