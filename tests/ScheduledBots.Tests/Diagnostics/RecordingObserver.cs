using System.Collections.Concurrent;
using ScheduledBots.Extensibility;
using ScheduledBots.Lifecycle;

namespace ScheduledBots.Tests.Diagnostics;

/// <summary>Remembers what it is told; first does what the test wants done.</summary>
internal sealed class RecordingObserver : IBotObserver, IDisposable
{
    private readonly SemaphoreSlim _told = new(0);

    public Func<BotEvent, Task> Act { get; set; } = _ => Task.CompletedTask;

    public ConcurrentQueue<BotEvent> Events { get; } = [];

    public async Task OnEventAsync(BotEvent botEvent, CancellationToken cancellationToken)
    {
        await Act(botEvent);
        Events.Enqueue(botEvent);
        _told.Release();
    }

    /// <summary>Waits until an event of a kind was told; those before it were told by then.</summary>
    public async Task<BotEvent> UntilAsync(BotEventKind kind, BotId? id = null)
    {
        while (true)
        {
            if (Events.FirstOrDefault(botEvent => botEvent.Kind == kind && (id is null || botEvent.Id == id)) is { } found)
            {
                return found;
            }

            Assert.True(await _told.WaitAsync(TimeSpan.FromSeconds(30)), $"waited 30 seconds to be told {kind}; told were {string.Join(", ", Events)}");
        }
    }

    public IEnumerable<BotEventKind> KindsOf(BotId id) => Events.Where(botEvent => botEvent.Id == id).Select(botEvent => botEvent.Kind);

    public void Dispose() => _told.Dispose();
}
