namespace ScheduledBots.Chaos.Judging;

/// <summary>What an engine asks a database for.</summary>
internal enum StatementKind
{
    /// <summary>No statement: the rest of one, or words about the connection.</summary>
    None,

    Beat,

    Claim,

    Arm,

    Adopt,

    /// <summary>Written behind; no start waits for it.</summary>
    Commit,

    /// <summary>One bot.</summary>
    Find,

    /// <summary>The own rows, the version of the tables, others.</summary>
    Read,
}
