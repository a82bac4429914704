using ScheduledBots.Extensibility;
using ScheduledBots.Lifecycle;
using ScheduledBots.Simulation.Plans;
using ScheduledBots.Storage;

namespace ScheduledBots.Simulation.History;

/// <summary>One line of a run's history, at an instant of true time. The set is closed.</summary>
/// <param name="At">True time since the start, in ticks of 100 ns.</param>
/// <param name="Process">The process that did it or met it; 0 is nobody.</param>
internal abstract record Entry(long At, int Process)
{
    /// <summary>A process began on a machine, maybe of the next version.</summary>
    internal sealed record Born(long At, int Process, int Machine, bool IsUpgraded) : Entry(At, Process);

    /// <summary>A process took the name of a node: its first, or another after that one was declared dead.</summary>
    internal sealed record Named(long At, int Process, NodeId Node) : Entry(At, Process);

    /// <summary>A process is no more: killed where it did not drain.</summary>
    internal sealed record Died(long At, int Process, bool Drained) : Entry(At, Process);

    /// <summary>A fault begins or ends.</summary>
    internal sealed record Faulted(long At, Fault Fault, bool Begins) : Entry(At, 0);

    /// <summary>A statement reached the store and was applied there.</summary>
    internal sealed record Stated(long At, int Process, string Verb) : Entry(At, Process);

    /// <summary>A statement changed a row; a row that was not there before or is not there after is null.</summary>
    internal sealed record Wrote(long At, int Process, string Verb, BotSnapshot? Before, BotSnapshot? After) : Entry(At, Process);

    /// <summary>A node's beat said that it drains or leaves, or was refused.</summary>
    internal sealed record Beaten(long At, int Process, NodeId Node, NodeStatus Status, bool Applied) : Entry(At, Process);

    /// <summary>A process asked to claim, arm or adopt in the name of a node that had been declared dead.</summary>
    internal sealed record Overtrusted(long At, int Process, NodeId Node, string Verb) : Entry(At, Process);

    /// <summary>A process declared a node dead, in time or not.</summary>
    internal sealed record DeclaredDead(long At, int Process, NodeId Node, bool Applied) : Entry(At, Process);

    /// <summary>The allocator was called, or asked to attach.</summary>
    internal sealed record Allocating(long At, int Process, BotId Bot, Fence Fence, bool Attach) : Entry(At, Process);

    /// <summary>It delivered, or did not.</summary>
    internal sealed record Allocated(long At, int Process, BotId Bot, Fence Fence, bool Delivered) : Entry(At, Process);

    /// <summary>A host's call was asked to stop.</summary>
    internal sealed record Cancelled(long At, int Process, BotId Bot, Fence Fence, bool IsJoin) : Entry(At, Process);

    /// <summary>An allocation was released.</summary>
    internal sealed record Released(long At, int Process, BotId Bot, Fence Fence) : Entry(At, Process);

    /// <summary>The joiner was called. The clocks: the wall clock then, and the machine it is on.</summary>
    internal sealed record Joining(long At, int Process, JoinAttempt Attempt, DateTimeOffset Wall) : Entry(At, Process);

    /// <summary>It returned; null where it threw or returned null.</summary>
    internal sealed record Joined(long At, int Process, BotId Bot, Fence Fence, int Attempt, JoinOutcome? Outcome) : Entry(At, Process);

    /// <summary>A caller's verb ended: with the name of what it returned or threw.</summary>
    internal sealed record Called(long At, int Process, BotId Bot, string Verb, string Outcome) : Entry(At, Process);

    /// <summary>The engine said something that must never be said.</summary>
    internal sealed record Faltered(long At, int Process, string Words) : Entry(At, Process);
}
