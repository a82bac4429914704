using ScheduledBots.Lifecycle;

namespace ScheduledBots.Planning;

/// <summary>Something the agenda is told. The set is closed; every signal is an immutable fact.</summary>
internal abstract record Signal
{
    private Signal()
    {
    }

    /// <summary>Bots that nobody owns may be due: the earliest of them has this JoinAt.</summary>
    internal sealed record Nudged(DateTimeOffset JoinAt) : Signal;

    /// <summary>A beat was confirmed: lost owners may be known.</summary>
    internal sealed record Beaten : Signal;

    /// <summary>An adoption came back.</summary>
    internal sealed record Adopted(IReadOnlyList<Bot> Bots, int Limit) : Signal;

    /// <summary>An adoption failed, or was not tried because the node does not trust itself.</summary>
    internal sealed record AdoptionFailed : Signal;

    /// <summary>Marks of some of an owner's rows.</summary>
    internal sealed record Marked(NodeId Owner, IReadOnlyList<BotMark> Marks) : Signal;

    /// <summary>All marks of these owners were told; they were read since the request with this number.</summary>
    internal sealed record Reconciled(long Number, IReadOnlyList<NodeId> Owners) : Signal;

    /// <summary>Whole rows that were asked for, as far as they are still of the owners; the last ones end the reading.</summary>
    internal sealed record ReadBack(IReadOnlyList<Bot> Bots, bool IsLast) : Signal;

    /// <summary>The rows could not be read; they will be asked for again. Ends a reading, whatever of it was told.</summary>
    internal sealed record ReconcileFailed : Signal;

    /// <summary>This incarnation was declared dead; another one beats.</summary>
    internal sealed record NodeLost(NodeId Node) : Signal;

    /// <summary>The write that a bot's resources are lost came back: with the bot to be staged again, or with null when it was fenced.</summary>
    internal sealed record Restaged(BotId Id, Fence Fence, Bot? Next) : Signal;

    /// <summary>A disarming came back: with the bot, or with null when it was fenced.</summary>
    internal sealed record Disarmed(BotId Id, Fence Fence, StagedBot? Next) : Signal;

    /// <summary>
    /// An arming for one slot came back. Sent exactly once for each <see cref="Command.Rearm"/>: with the armed bot, with
    /// the bot as it was where the node does not trust itself, or with null when it was fenced.
    /// </summary>
    internal sealed record Rearmed(BotId Id, Fence Fence, StagedBot? Next) : Signal;

    /// <summary>A caller changed a bot in the store; whatever is planned under an older fence is void.</summary>
    internal sealed record Changed(BotId Id, Fence Fence) : Signal;

    /// <summary>A claim came back.</summary>
    internal sealed record Loaded(IReadOnlyList<Bot> Bots, int Limit, DateTimeOffset? NextJoinAt) : Signal;

    /// <summary>A claim failed; the store will be asked again.</summary>
    internal sealed record ClaimFailed : Signal;

    /// <summary>
    /// An allocation ended. Sent exactly once for each <see cref="Command.Stage"/>: with the staged bot, with the
    /// scheduled bot that waits for another try, or with null when the bot was fenced meanwhile.
    /// </summary>
    internal sealed record StagingEnded(BotId Id, Fence Fence, Bot? Next) : Signal;

    /// <summary>An arming statement came back with the bots it armed.</summary>
    internal sealed record Armed(IReadOnlyList<StagedBot> Bots) : Signal;

    /// <summary>An arming statement failed; it will be sent again.</summary>
    internal sealed record ArmingFailed : Signal;

    /// <summary>The gate found a bot early, because the clock stepped back, or past its window, and disarmed it, or its node declared dead.</summary>
    internal sealed record JoinRefused(StagedBot Bot) : Signal;

    /// <summary>
    /// A join ended. Sent exactly once for each <see cref="Command.Join"/> that was not refused: with the staged bot
    /// that waits to be armed again, or with null when the bot is settled or was fenced.
    /// </summary>
    internal sealed record JoinEnded(BotId Id, Fence Fence, StagedBot? Retry) : Signal;

    /// <summary>A bot the agenda gave up is written, or was fenced. Sent exactly once for each <see cref="Command.Fail"/> and <see cref="Command.HandBack"/>.</summary>
    internal sealed record Closed(BotId Id, Fence Fence) : Signal;

    /// <summary>Take no more work, hand back what is not about to join.</summary>
    internal sealed record DrainRequested : Signal;
}
