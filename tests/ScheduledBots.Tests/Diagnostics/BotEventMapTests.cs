using ScheduledBots.Diagnostics;
using ScheduledBots.Extensibility;
using ScheduledBots.Lifecycle;
using ScheduledBots.Storage;
using ScheduledBots.Tests.Lifecycle;

namespace ScheduledBots.Tests.Diagnostics;

public sealed class BotEventMapTests
{
    // Mutant: the line from joining to joining deleted from BotEventMap.
    [Fact]
    public void Every_edge_of_the_map_that_a_step_can_write_is_an_event() => Assert.All(
        BotLifecycle.Transitions.Where(edge => edge.To != BotStatus.Cancelled).Select(edge => (edge.From, edge.To)).Distinct(),
        edge => IsTold(edge.From, edge.To));

    private static void IsTold(BotStatus from, BotStatus to)
    {
        BotSnapshot next = Examples.Row(to);
        var commit = new BotCommit
        {
            Owner = next.Owner ?? NodeId.New(Examples.Noon),
            Fence = next.Fence,
            From = from,
            Next = next,
            History = [new BotHistoryLine(Examples.Noon, from, to, next.Owner, next.Attempt, next.LastFailure?.Reason)],
        };

        BotEvent told = BotEventMap.Committed("", commit).First();

        Assert.Equal((from, to), (told.From, told.To));
    }
}
