using System.Collections.Concurrent;
using ScheduledBots.Lifecycle;

namespace TestingExample;

/// <summary>Where each bot ended up: the meeting platform, as far as this example needs one.</summary>
public sealed class Doors
{
    public ConcurrentDictionary<BotId, string> Entered { get; } = new();
}
