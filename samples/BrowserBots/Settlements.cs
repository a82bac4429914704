using System.Collections.Concurrent;
using ScheduledBots.Extensibility;
using ScheduledBots.Lifecycle;

namespace BrowserBots;

/// <summary>Tells when a bot has come to its end, and to which.</summary>
internal sealed class Settlements : IBotObserver
{
    private readonly ConcurrentDictionary<BotId, TaskCompletionSource<BotEvent>> _ends = new();

    public Task<BotEvent> OfAsync(BotId id) => End(id).Task;

    public Task OnEventAsync(BotEvent botEvent, CancellationToken cancellationToken)
    {
        if (botEvent.To >= BotStatus.Joined)
        {
            End(botEvent.Id).TrySetResult(botEvent);
        }

        return Task.CompletedTask;
    }

    private TaskCompletionSource<BotEvent> End(BotId id) =>
        _ends.GetOrAdd(id, _ => new TaskCompletionSource<BotEvent>(TaskCreationOptions.RunContinuationsAsynchronously));
}
