using ScheduledBots.Extensibility;

namespace TwoNodes;

/// <summary>Tells which bots this node takes.</summary>
internal sealed class Teller : IBotObserver
{
    public Task OnEventAsync(BotEvent botEvent, CancellationToken cancellationToken)
    {
        if (botEvent.Kind is BotEventKind.Claimed or BotEventKind.Adopted)
        {
            Words.Say(botEvent.Kind == BotEventKind.Claimed ? Words.Claimed : Words.Adopted, botEvent.Id);
        }

        return Task.CompletedTask;
    }
}
