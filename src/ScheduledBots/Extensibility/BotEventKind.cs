namespace ScheduledBots.Extensibility;

/// <summary>What happened to a bot.</summary>
public enum BotEventKind
{
    /// <summary>A caller scheduled it.</summary>
    Scheduled,

    /// <summary>A caller moved it to another instant.</summary>
    Rescheduled,

    /// <summary>A caller changed its URL, name or metadata.</summary>
    Updated,

    /// <summary>A caller called it off; it is settled.</summary>
    Cancelled,

    /// <summary>A caller deleted it, with its history.</summary>
    Erased,

    /// <summary>A node took ownership.</summary>
    Claimed,

    /// <summary>A node took it over from one that is lost.</summary>
    Adopted,

    /// <summary>The allocator is about to be called for it.</summary>
    StagingStarted,

    /// <summary>An allocation failed and will be tried again.</summary>
    StagingRetried,

    /// <summary>Its resources are allocated.</summary>
    Staged,

    /// <summary>Its owner, a later one, can use its allocation.</summary>
    Attached,

    /// <summary>Its owner may start it at its instant; nobody can stop it any more.</summary>
    Armed,

    /// <summary>The attempt it was armed for is taken back before any call was made.</summary>
    Disarmed,

    /// <summary>Its resources are gone before it could join; it will be staged again.</summary>
    ResourcesLost,

    /// <summary>Its owner gave it back, so that any node can claim it.</summary>
    HandedBack,

    /// <summary>The joiner was called.</summary>
    JoinStarted,

    /// <summary>The joiner asked for another attempt.</summary>
    JoinRetried,

    /// <summary>It is in the meeting; it is settled.</summary>
    Joined,

    /// <summary>It failed, for the reason of the event; it is settled. A caller's abort is a failure too.</summary>
    Failed,

    /// <summary>The joiner of a superseded attempt reported success: the bot may be in its meeting twice.</summary>
    DuplicateJoinSuspected,
}
