namespace ScheduledBots.Storage;

/// <summary>What a caller asks for.</summary>
public enum BotChangeKind
{
    /// <summary>Change the join instant, the URL or the name of a scheduled bot, or the metadata of any.</summary>
    Update,

    /// <summary>Call a scheduled bot off.</summary>
    Cancel,

    /// <summary>Stop a staged bot that is not armed.</summary>
    Abort,
}
