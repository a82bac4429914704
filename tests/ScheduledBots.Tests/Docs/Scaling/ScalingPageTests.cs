using System.Globalization;
using ScheduledBots.Tests.Conventions;

namespace ScheduledBots.Tests.Docs.Scaling;

/// <summary>The page's numbers are computed, here, from what was measured or is estimated.</summary>
public sealed class ScalingPageTests
{
    private static readonly string Page = Repository.Read("docs/scaling.md").ReplaceLineEndings("\n");

    private static readonly LoadModel[] Loads =
    [
        new("a team", Nodes: 2, BotsADay: 10_000, DaysAhead: 7, DaysKept: 7, ArmLead: 10, ReconcileInterval: 5),
        new("a product", Nodes: 10, BotsADay: 1_000_000, DaysAhead: 14, DaysKept: 7, ArmLead: 10, ReconcileInterval: 5),
        new("a billion stored", Nodes: 100, BotsADay: 30_400_000, DaysAhead: 26, DaysKept: 7, ArmLead: 10, ReconcileInterval: 5),
        new("the same, tuned", Nodes: 100, BotsADay: 30_400_000, DaysAhead: 26, DaysKept: 7, ArmLead: 60, ReconcileInterval: 60),
    ];

    // Mutant: Coefficients.Claims is 16,000.
    [Fact]
    public void The_coefficients_of_the_page_are_those_of_the_model() => Says(
    [
        $"| create, each by itself | {Number(Coefficients.Creates)} bots | `store` |",
        $"| create in bulk | {Number(Coefficients.BulkCreates)} bots | `store` |",
        $"| claim | {Number(Coefficients.Claims)} rows | `store` |",
        $"| commit | {Number(Coefficients.Commits)} rows | `store` |",
        $"| arm | {Number(Coefficients.Armings)} rows | `store` |",
        $"| adopt | {Number(Coefficients.Adoptions)} rows | `store` |",
        $"| read back | {Number(Coefficients.ReadBacks)} marks | `store` |",
        $"| a stored bot, with its indexes | {Number(Coefficients.BytesABot)} bytes | `stored` |",
        $"| the history of a settled bot | {Number(Coefficients.HistoryBytesABot)} bytes | an estimate, computed from the columns of two lines |",
    ]);

    // Mutant: LoadModel.BusiestHour is 0.11.
    [Fact]
    public void The_loads_of_the_page_are_those_of_the_model() => Says(
    [
        Row("nodes", load => Number(load.Nodes)),
        Row("bots a day", load => Number(load.BotsADay)),
        Row("stored", load => Number(load.Stored)),
        Row("database, GB", load => Number(load.Gigabytes)),
        Row("at one instant", load => Number(load.Herd)),
        Row("the same, a node", load => Number(load.OwnedByNode)),
        Row("creates a second, busiest hour", load => Number(load.CreatesInBusiestHour)),
        Row("writes of rows a second, busiest hour", load => Number(load.WritesInBusiestHour)),
        Row("statements a second, idle", load => Number(load.IdleStatements)),
        Row("rows of nodes read a second", load => Number(load.NodeRowsRead)),
        Row("rows read back a second", load => Number(load.RowsReadBack)),
        Row("seconds to claim the herd", load => Number(load.SecondsToClaimHerd)),
        Row("seconds to arm the herd", load => Number(load.SecondsToArmHerd)),
        Row("decided by", load => load.Bound.Limit),
        Row("databases as measured", load => Number(load.Bound.Databases)),
    ]);

    [Fact]
    public void The_largest_herd_of_the_page_is_that_of_the_model() => Says(
    [
        $"| 10 s, the default | {Number(LoadModel.LargestHerd(10))} |",
        $"| 30 s | {Number(LoadModel.LargestHerd(30))} |",
        $"| 60 s | {Number(LoadModel.LargestHerd(60))} |",
    ]);

    /// <summary>A hundred nodes and a billion bots are what the page promises to have thought about.</summary>
    [Fact]
    public void The_largest_load_is_a_hundred_nodes_and_a_billion_bots()
    {
        Assert.Equal(100, Loads[^1].Nodes);
        Assert.InRange(Loads[^1].Stored, 1e9, 1.01e9);
    }

    private static string Row(string what, Func<LoadModel, string> figure) => $"| {what} | {string.Join(" | ", Loads.Select(figure))} |";

    private static string Number(double value) => value.ToString(value < 10 && value != Math.Floor(value) ? "0.0" : "#,0", CultureInfo.InvariantCulture);

    private static void Says(string[] lines)
    {
        string[] missing = [.. lines.Where(line => !Page.Contains(line + "\n", StringComparison.Ordinal))];
        Assert.True(missing.Length == 0, "docs/scaling.md should say:\n" + string.Join('\n', missing));
    }
}
