using System.Collections.Concurrent;
using ScheduledBots.Extensibility;
using ScheduledBots.Lifecycle;

namespace ScheduledBots.Storage.EfCore.Tests.HostTransactions;

/// <summary>Remembers every event.</summary>
internal sealed class Heard : IBotObserver
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(45);

    private readonly ConcurrentQueue<BotEvent> _events = [];

    public IEnumerable<BotId> Scheduled => _events.Where(botEvent => botEvent.Kind == BotEventKind.Scheduled).Select(botEvent => botEvent.Id);

    public Task OnEventAsync(BotEvent botEvent, CancellationToken cancellationToken)
    {
        _events.Enqueue(botEvent);
        return Task.CompletedTask;
    }

    public IEnumerable<BotEventKind> Of(BotId id) => _events.Where(botEvent => botEvent.Id == id).Select(botEvent => botEvent.Kind);

    public async Task UntilAsync(BotId id, BotEventKind kind)
    {
        using var patience = new CancellationTokenSource(Patience);
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(10));
        while (!Of(id).Contains(kind))
        {
            await timer.WaitForNextTickAsync(patience.Token);
        }
    }
}
