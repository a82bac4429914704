using ScheduledBots.Extensibility;

namespace Observability;

/// <summary>Prints what happens. A real one sends it on: to a page, a bus, a web hook.</summary>
internal sealed class ConsoleObserver : IBotObserver
{
    public Task OnEventAsync(BotEvent botEvent, CancellationToken cancellationToken)
    {
        Console.WriteLine($"{botEvent.At:HH:mm:ss.ffffff} {botEvent}");
        return Task.CompletedTask;
    }
}
