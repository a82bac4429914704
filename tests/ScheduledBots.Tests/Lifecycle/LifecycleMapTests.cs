using ScheduledBots.Lifecycle;

namespace ScheduledBots.Tests.Lifecycle;

public class LifecycleMapTests
{
    // Mutant: the line of Scheduled.HandBack deleted from BotLifecycle.Transitions.
    [Fact]
    public void The_map_is_the_public_transition_methods()
    {
        IEnumerable<string> methods = Transitions.Methods.Select(Transitions.ToTransition).Select(Line).Order(StringComparer.Ordinal);

        IEnumerable<string> map = BotLifecycle.Transitions.Select(Line).Order(StringComparer.Ordinal);

        Assert.Equal(methods, map);
    }

    [Fact]
    public void The_map_names_no_transition_twice() =>
        Assert.Equal(BotLifecycle.Transitions.Count, BotLifecycle.Transitions.Select(edge => (edge.From, edge.Verb)).Distinct().Count());

    [Fact]
    public void There_is_one_sealed_state_type_for_each_status()
    {
        IEnumerable<BotStatus> statuses = Transitions.States.Select(Transitions.StatusOf).Order();

        Assert.Equal(Enum.GetValues<BotStatus>(), statuses);
        Assert.All(Transitions.States, state => Assert.True(state.IsSealed, $"{state.Name} is not sealed"));
    }

    [Fact]
    public void The_numbers_that_stores_keep_never_change()
    {
        Assert.Equal([0, 1, 2, 3, 4, 5], Enum.GetValues<BotStatus>().Select(status => (int)status));
        Assert.Equal(
            "Missed=1 StagingFailed=2 JoinFailed=3 JoinTimedOut=4 Aborted=5 Unknown=6 Poisoned=7",
            string.Join(' ', Enum.GetValues<FailureReason>().Select(reason => $"{reason}={(int)reason}")));
    }

    [Fact]
    public void Nothing_leaves_a_settled_state() =>
        Assert.DoesNotContain(BotLifecycle.Transitions, edge => edge.From >= BotStatus.Joined);

    [Fact]
    public void Only_a_scheduled_bot_is_rescheduled_or_cancelled() =>
        Assert.All(
            BotLifecycle.Transitions.Where(edge => edge.Verb is "Reschedule" or "Redirect" or "Cancel"),
            edge => Assert.Equal(BotStatus.Scheduled, edge.From));

    [Fact]
    public void Every_state_is_reached_and_every_open_state_can_settle()
    {
        Assert.All(Enum.GetValues<BotStatus>(), status => Assert.Contains(BotLifecycle.Transitions, edge => edge.To == status));
        Assert.All(
            Enum.GetValues<BotStatus>().Where(status => status < BotStatus.Joined),
            status => Assert.True(BotLifecycle.Allows(status, BotStatus.Failed), $"{status} cannot fail"));
    }

    // Mutant: Allows asks for (to, from).
    [Fact]
    public void Allows_is_the_map_without_its_verbs()
    {
        foreach (BotStatus from in Enum.GetValues<BotStatus>())
        {
            foreach (BotStatus to in Enum.GetValues<BotStatus>())
            {
                Assert.Equal(BotLifecycle.Transitions.Any(edge => edge.From == from && edge.To == to), BotLifecycle.Allows(from, to));
            }
        }
    }

    private static string Line(BotTransition edge) => $"{edge.From} --{edge.Verb}--> {edge.To}";
}
