using System.Collections.Frozen;

namespace ScheduledBots.Lifecycle;

/// <summary>The map of the lifecycle: every legal transition, as data. The state types' methods are the same map as code.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public static class BotLifecycle
{
    /// <summary>Every legal transition.</summary>
    public static IReadOnlyList<BotTransition> Transitions { get; } =
    [
        new(BotStatus.Scheduled, nameof(ScheduledBot.Reschedule), BotStatus.Scheduled),
        new(BotStatus.Scheduled, nameof(ScheduledBot.Redirect), BotStatus.Scheduled),
        new(BotStatus.Scheduled, nameof(ScheduledBot.Cancel), BotStatus.Cancelled),
        new(BotStatus.Scheduled, nameof(ScheduledBot.ClaimedBy), BotStatus.Scheduled),
        new(BotStatus.Scheduled, nameof(ScheduledBot.AdoptedBy), BotStatus.Scheduled),
        new(BotStatus.Scheduled, nameof(ScheduledBot.HandBack), BotStatus.Scheduled),
        new(BotStatus.Scheduled, nameof(ScheduledBot.BeginStaging), BotStatus.Scheduled),
        new(BotStatus.Scheduled, nameof(ScheduledBot.Stage), BotStatus.Staged),
        new(BotStatus.Scheduled, nameof(ScheduledBot.RetryStaging), BotStatus.Scheduled),
        new(BotStatus.Scheduled, nameof(ScheduledBot.Fail), BotStatus.Failed),
        new(BotStatus.Staged, nameof(StagedBot.ClaimedBy), BotStatus.Staged),
        new(BotStatus.Staged, nameof(StagedBot.AdoptedBy), BotStatus.Staged),
        new(BotStatus.Staged, nameof(StagedBot.HandBack), BotStatus.Staged),
        new(BotStatus.Staged, nameof(StagedBot.BeginStaging), BotStatus.Staged),
        new(BotStatus.Staged, nameof(StagedBot.Attach), BotStatus.Staged),
        new(BotStatus.Staged, nameof(StagedBot.Restage), BotStatus.Scheduled),
        new(BotStatus.Staged, nameof(StagedBot.RestageJoining), BotStatus.Joining),
        new(BotStatus.Staged, nameof(StagedBot.Arm), BotStatus.Staged),
        new(BotStatus.Staged, nameof(StagedBot.Disarm), BotStatus.Staged),
        new(BotStatus.Staged, nameof(StagedBot.Join), BotStatus.Joining),
        new(BotStatus.Staged, nameof(StagedBot.Abort), BotStatus.Failed),
        new(BotStatus.Staged, nameof(StagedBot.Fail), BotStatus.Failed),
        new(BotStatus.Staged, nameof(StagedBot.LoseResources), BotStatus.Scheduled),
        new(BotStatus.Joining, nameof(JoiningBot.AdoptedBy), BotStatus.Joining),
        new(BotStatus.Joining, nameof(JoiningBot.BeginStaging), BotStatus.Joining),
        new(BotStatus.Joining, nameof(JoiningBot.Stage), BotStatus.Staged),
        new(BotStatus.Joining, nameof(JoiningBot.RetryStaging), BotStatus.Joining),
        new(BotStatus.Joining, nameof(JoiningBot.Joined), BotStatus.Joined),
        new(BotStatus.Joining, nameof(JoiningBot.Retry), BotStatus.Staged),
        new(BotStatus.Joining, nameof(JoiningBot.Fail), BotStatus.Failed),
    ];

    private static readonly FrozenSet<(BotStatus From, BotStatus To)> Edges =
        Transitions.Select(transition => (transition.From, transition.To)).ToFrozenSet();

    /// <summary>Whether any transition leads from one state to another.</summary>
    /// <param name="from">The state left.</param>
    /// <param name="to">The state reached.</param>
    /// <returns>Whether the map has such an edge.</returns>
    public static bool Allows(BotStatus from, BotStatus to) => Edges.Contains((from, to));
}
