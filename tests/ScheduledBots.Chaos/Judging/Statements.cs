using ScheduledBots.Chaos.Rigging;

namespace ScheduledBots.Chaos.Judging;

/// <summary>Tells statements apart by their text, as it goes over the line.</summary>
internal static class Statements
{
    public static StatementKind KindOf(ProxyEvent piece) => !piece.IsRequest ? StatementKind.None
        : Has(piece, "armable_id") ? StatementKind.Arm
        : Has(piece, "due_id") ? StatementKind.Claim
        : Has(piece, "lost_id") ? StatementKind.Adopt
        : Has(piece, "done AS (") ? StatementKind.Commit
        : Has(piece, "_nodes AS n") || Has(piece, "_nodes\" AS n") ? StatementKind.Beat
        : Has(piece, "SELECT") && Has(piece, ".id = @") ? StatementKind.Find
        : Has(piece, "SELECT") ? StatementKind.Read
        : StatementKind.None;

    private static bool Has(ProxyEvent piece, string words) => piece.Text.Contains(words, StringComparison.Ordinal);
}
