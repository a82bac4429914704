using ScheduledBots.Lifecycle;

namespace ScheduledBots.Storage.EfCore.Tests.Sqlite;

/// <summary>How statements over many rows find them: a plan that walks an index for each row takes seconds for a herd, and no other test has one.</summary>
[Collection(SqliteStores.Collection)]
public sealed class SqlitePlanTests(SqliteStores stores)
{
    private const string ByKey = "(scheduler=? AND id=?)";

    // Mutant: the second time, a predicate is said as it is the first time.
    [Theory]
    [InlineData("claim")]
    [InlineData("arm")]
    [InlineData("adopt")]
    public async Task Each_row_that_is_written_is_found_by_its_key(string verb)
    {
        var plans = new PlanReader();
        using EfCoreBotStore store = SqliteStores.NewStore(stores.NewFile(), "plans", plans);
        await store.InsertAsync(Bots.New());

        await (verb switch
        {
            "claim" => (Task)store.ClaimAsync(),
            "arm" => store.ArmAsync(new ArmQuery(Bots.Node, Bots.Start, Bots.Start.AddDays(1), TimeSpan.FromSeconds(5)), CancellationToken.None),
            _ => store.AdoptAsync(new AdoptQuery(Bots.Node, Bots.Start, Bots.Start, 100), CancellationToken.None),
        });

        string written = plans.Steps.Last(step => step.StartsWith("SEARCH b ", StringComparison.Ordinal));
        Assert.EndsWith(ByKey, written, StringComparison.Ordinal);
        Assert.DoesNotContain(plans.Steps, step => step.Contains("ix_scheduled_bots_listed", StringComparison.Ordinal));
    }
}
