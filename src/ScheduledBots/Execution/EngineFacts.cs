using ScheduledBots.Lifecycle;

namespace ScheduledBots.Execution;

/// <summary>What an engine lets the face know about itself. The agenda is the loop's alone, so this is what its steps see.</summary>
/// <remarks>Thread-safe. True at the instant of the question; a moment later it may not be.</remarks>
/// <param name="expectedStaging">How long staging is expected to take until enough was measured.</param>
internal sealed class EngineFacts(TimeSpan expectedStaging)
{
    private volatile RunningEngine? _engine;

    /// <summary>How long staging takes.</summary>
    public StagingEstimate Staging { get; } = new(expectedStaging);

    /// <summary>The running engine's node, or null while no engine runs.</summary>
    public NodeId? Node => _engine?.Node;

    /// <summary>An engine begins to work.</summary>
    /// <param name="node">Its node.</param>
    /// <param name="isAllocating">Whether the allocator is being called for a bot under a fence.</param>
    /// <param name="isJoining">Whether the joiner is being called for a bot under a fence.</param>
    public void Started(NodeId node, Func<BotId, Fence, bool> isAllocating, Func<BotId, Fence, bool> isJoining) =>
        _engine = new RunningEngine(node, isAllocating, isJoining);

    /// <summary>The engine works no more.</summary>
    public void Stopped() => _engine = null;

    /// <summary>Whether the host's allocator is working for a bot now.</summary>
    public bool IsAllocating(Bot bot) => _engine?.IsAllocating(bot.Id, bot.Fence) == true;

    /// <summary>Whether the host's joiner is working for a bot now.</summary>
    public bool IsJoining(Bot bot) => _engine?.IsJoining(bot.Id, bot.Fence) == true;

    private sealed record RunningEngine(NodeId Node, Func<BotId, Fence, bool> IsAllocating, Func<BotId, Fence, bool> IsJoining);
}
