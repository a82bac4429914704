namespace ScheduledBots.Storage;

/// <summary>The engines that share a scheduler's store, as the engine of this process last saw them.</summary>
/// <remarks>
/// Thread-safe; a keyed service of the scheduler's name. Implemented by the library, read by hosts and pages that show nodes to people,
/// never for a decision. It costs no call of the store: an engine learns this from every beat. Nothing is known in a process
/// that runs no engine, before the first beat, and of a store with a single engine (<see cref="StoreTraits.HasSingleEngine"/>), which has no beats.
/// </remarks>
public interface INodeDirectory
{
    /// <summary>Every node of the last beat that was answered, this process's own included; empty where nothing is known.</summary>
    IReadOnlyList<NodeRow> Nodes { get; }
}
