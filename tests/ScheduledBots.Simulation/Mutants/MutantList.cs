namespace ScheduledBots.Simulation.Mutants;

/// <summary>The slips that are tried: each was, or could have been, made by somebody who knew the protocol well.</summary>
/// <remarks>
/// Not here are slips behind a second line of defence, which alone break nothing: a gate that does not look at the clock (the
/// planner does), a node without trust that arms (the store asks whether it is alive).
/// </remarks>
internal static class MutantList
{
    private const string Model = "ScheduledBots.Testing/Model/ModelStore.Engine.cs";
    private const string ModelNodes = "ScheduledBots.Testing/Model/ModelStore.Nodes.cs";
    private const string ModelCallers = "ScheduledBots.Testing/Model/ModelStore.Callers.cs";

    public static IReadOnlyList<Mutant> All { get; } =
    [
        new(
            "the gate ignores the window", "ScheduledBots/Execution/JoiningStep.cs",
            "else if (reading.Upper >= bot.ArmedUntil - options.StartMargin)", "else if (bot.Attempt < 0)"),
        new(
            "deadlines come a millisecond early", "ScheduledBots/Timing/TickScale.cs",
            "return quotient + (remainder > 0 ? 1 : 0) - EpochMicroseconds;", "return quotient - 1_000 - EpochMicroseconds;"),
        new(
            "the wall clock is believed whatever the store's says", "ScheduledBots/Timing/TrustedClock.cs",
            "return new ClockReading(wallNow < lower ? lower - _maxSkew : upper + _maxSkew, lower, latest, step);", "return new ClockReading(wallNow, lower, latest, step);"),
        new(
            "an adoption ignores the window", "ScheduledBots/Storage/AdoptQuery.cs",
            "bot.Status < BotStatus.Joined && (bot.ArmedUntil is not { } until || until < ClosedBefore)", "bot.Status < BotStatus.Joined"),
        new(
            "the hold is skipped", "ScheduledBots/Execution/AdoptionStep.cs",
            "now - Hold", "now"),
        new(
            "an adopted bot that was joining is not flagged", "ScheduledBots/Lifecycle/JoiningBot.cs",
            "PossiblyStarted = PossiblyStarted || ArmedUntil is not null,", ""),
        new(
            "silence counts while oneself is cut off", "ScheduledBots/Execution/PeerWatch.cs",
            "sinceLast < 2 * beatInterval ? sinceLast : 2 * beatInterval", "sinceLast"),
        new(
            "a dead node beats itself alive again", ModelNodes,
            "bool applied = node?.CanBeat ?? query.IsFirst;", "bool applied = node is not null || query.IsFirst;"),
        new(
            "a fence is missing in the guard of commits", Model,
            "row.Owner != commit.Owner || row.Fence != commit.Fence || row.Status", "row.Owner != commit.Owner || row.Status"),
        new(
            "a commit forgets the attempt that was counted meanwhile", Model,
            "Attempt = Math.Max(row.Attempt, commit.Next.Attempt),", ""),
        new(
            "a late copy of a commit undoes an arming", "ScheduledBots/Execution/Transition.cs",
            "Attempt = mayBeArmed && (from.Status != to.Status || from.Fence != to.Fence) ? null : from.Attempt,", ""),
        new(
            "a late copy of a commit brings an attempt back", "ScheduledBots/Execution/Transition.cs",
            "IsArmed = isArmed,", ""),
        new(
            "the claim does not look whose a bot is", Model,
            "row.Owner is null && row.Status is", "row.Status is"),
        new(
            "a claim does not repeat its predicate", Model,
            ".Where(row => IsDue(row, query)))", ".Where(row => !IsSettled(row)))"),
        new(
            "an allocation of an earlier owner is armed", Model,
            "&& row.StagedFence == row.Fence", ""),
        new(
            "a beat is not gated by progress", "ScheduledBots/Execution/NodeBeat.cs",
            "if (!storeWorkMoves() || (_turnsWhenTold is { } turns && loopTurns() == turns))", "if (_dueAt < now)"),
        new(
            "trust is anchored at the answer", "ScheduledBots/Execution/NodeBeat.cs",
            "self.Confirm(node, sent);", "self.Confirm(node, received);"),
        new(
            "a node that was declared dead keeps its name", "ScheduledBots/Execution/NodeBeat.cs",
            "NodeId next = newNodeId();", "NodeId next = node;"),
        new(
            "death is judged by timestamps", "ScheduledBots/Execution/PeerWatch.cs",
            "if (silence >= timeToLive)", "if (nodes.First(row => row.Id == self).SeenAt - node.SeenAt >= timeToLive)"),
        new(
            "a node that was declared dead drops late results", "ScheduledBots/Execution/JoiningStep.cs",
            "if (call.JoiningWrite is null)", "if (!self.Is(call.Bot.Owner))\n        {\n            await EndAsync(call, next, CommitOutcome.Fenced);\n        }\n        else if (call.JoiningWrite is null)"),
        new(
            "instants are rounded down", "ScheduledBots/Timing/TickScale.cs",
            "RoundUp(DateTimeOffset instant) => ToInstant(Ceiling(instant));", "RoundUp(DateTimeOffset instant) => RoundDown(instant);"),
        new(
            "what is armed can be aborted", ModelCallers,
            "row.Status == BotStatus.Staged && row.ArmedUntil is null,", "row.Status == BotStatus.Staged,"),
        new(
            "a key does not find its bot", ModelCallers,
            "&& row.DeduplicationKey == bot.DeduplicationKey", "&& row.DeduplicationKey == bot.Tenant"),
        new(
            "a lost answer is a failure", "ScheduledBots/Execution/CommitWriter.cs",
            "(IsWritten(pending.Commit.Next, row) || await WasHandedBackAsync(pending.Commit, row, cancellationToken))", "row is { Version: < 0 }"),
        new(
            "an arming whose answer was lost is not read back", "ScheduledBots/Planning/Agenda.Rows.cs",
            "known.Bot = armed;\n            AwaitArmingOrJoin(known, armed);", "_ = armed;"),
        new(
            "a retry of an allocation keeps its fence", "ScheduledBots/Lifecycle/ScheduledBot.cs",
            "LastFailure = failure, Fence = Fence.Next(), Version", "LastFailure = failure, Version"),
        new(
            "joins have no limit", "ScheduledBots/Planning/SlotQueue.cs",
            "planned is null && Running < slotCount && _queue", "planned is null && _queue"),
        new(
            "what is joined with is released", "ScheduledBots/Execution/JoiningStep.cs",
            "allocations.HandOver(bot.Id, bot.Fence);", "allocations.Release(bot, bot.Fence);"),
        new(
            "what was kept for a retry is not released after an abort", "ScheduledBots/Planning/Agenda.Slots.cs",
            "if (ended.Retry is { } orphan)", "if (ended.Retry is { } orphan && orphan.Attempt < 0)"),
    ];
}
