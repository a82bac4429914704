namespace ScheduledBots.Extensibility;

/// <summary>Is told everything that happens to the bots of a scheduler. Implemented by the host, called by the library.</summary>
/// <remarks>
/// <para>A singleton. Each observer has a bounded queue and a thread of its own: one that throws, blocks or is slow delays
/// neither a bot nor another observer. It gets one event at a time, and the events of one bot in the order in which they
/// happened. An observer that falls too far behind loses the oldest events; how many is logged and counted.</para>
/// <para>Events are news, not the record: what this process wrote is told once, what other nodes did is told there, and a
/// crash takes what was not delivered yet. The record is the bot and its history in the store.</para>
/// </remarks>
public interface IBotObserver
{
    /// <summary>Takes in one event. The next one waits until the task has ended.</summary>
    /// <param name="botEvent">What happened.</param>
    /// <param name="cancellationToken">Cancelled when the scheduler is disposed and the time for delivering the rest is over.</param>
    /// <returns>A task that ends when the observer is ready for the next event. What it throws is counted and logged by its type.</returns>
    Task OnEventAsync(BotEvent botEvent, CancellationToken cancellationToken);
}
