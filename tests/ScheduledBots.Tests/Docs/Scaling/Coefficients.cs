namespace ScheduledBots.Tests.Docs.Scaling;

/// <summary>What one database does in a second, and what a bot takes of it, rounded to the bad side; measured unless it is called an estimate.</summary>
/// <remarks>One statement at a time, on two cores that the database shared with the engine: <c>./build.sh bench store</c>.</remarks>
internal static class Coefficients
{
    public const double Creates = 1_000;
    public const double BulkCreates = 20_000;
    public const double Claims = 15_000;
    public const double Commits = 20_000;
    public const double Armings = 20_000;
    public const double Adoptions = 15_000;

    public const double ReadBacks = 100_000;

    /// <summary>Bytes of a stored bot, its indexes included: <c>./build.sh bench stored</c>.</summary>
    public const double BytesABot = 600;

    /// <summary>Bytes of the history of a bot that settled, its index included: an estimate from the columns of its two lines.</summary>
    public const double HistoryBytesABot = 500;

    /// <summary>Writes of a row between its creation and its end: claimed, allocating, staged, armed, joining, joined.</summary>
    public const int WritesABot = 6;

    /// <summary>Statements of an idle node in a second: a beat, a claim, a sweep for lost bots, a fifth of a reconciliation.</summary>
    public const double IdleStatements = 3.2;
}
