using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using ScheduledBots.Lifecycle;

namespace ScheduledBots.Execution;

/// <summary>The calls of one kind that are under way, and the one place that gives them up.</summary>
/// <param name="cancelling">Runs the cancellation callbacks of the host's code, for which nobody waits.</param>
/// <remarks>Thread-safe.</remarks>
internal sealed class HostCalls<TCall>(CallRunner cancelling)
    where TCall : HostCall
{
    /// <summary>Runs the cancellation callbacks of the host's code.</summary>
    public CallRunner Cancelling { get; } = cancelling;

    private readonly ConcurrentDictionary<(BotId, Fence), TCall> _calls = new();

    /// <summary>The calls under way, in an order that a simulation can repeat.</summary>
    public IEnumerable<TCall> Open => _calls.Select(pair => pair.Value).OrderBy(call => call.Key.Id);

    /// <summary>A call is under way from here on, also while it waits for a thread.</summary>
    public void Add(TCall call) => _calls[call.Key] = call;

    /// <summary>Whether a call is under way.</summary>
    public bool Contains(BotId id, Fence fence) => _calls.ContainsKey((id, fence));

    /// <summary>What became of the call is decided and written.</summary>
    public void Remove(TCall call) => _calls.TryRemove(call.Key, out _);

    /// <summary>Stops waiting for a call: it is asked to stop, and the caller decides what becomes of the bot.</summary>
    public bool TryGiveUp(BotId id, Fence fence, [NotNullWhen(true)] out TCall? call)
    {
        if (_calls.TryGetValue((id, fence), out call) && call.TryConclude())
        {
            Cancelling.Post(call.Cancel);
            return true;
        }

        return false;
    }

    /// <summary>Finds a call that is under way.</summary>
    public bool TryGet(BotId id, Fence fence, [NotNullWhen(true)] out TCall? call) => _calls.TryGetValue((id, fence), out call);

    /// <summary>Asks every call to stop, for a forced stop; each still decides for itself when it ends.</summary>
    public void CancelAll()
    {
        foreach (TCall call in Open)
        {
            Cancelling.Post(call.Cancel);
        }
    }
}
