using System.Reflection;
using ScheduledBots.Lifecycle;

namespace ScheduledBots.Tests.Lifecycle;

public class TransitionLaws
{
    private readonly Dictionary<string, int> _seen = [];

    // Mutant: StagedBot.Disarm does not raise the version.
    [Fact]
    public void Every_transition_raises_the_version_by_one() =>
        ForEveryTransition((before, _, after) => Assert.Equal(before.Version + 1, after.Version));

    // Mutant: StagedBot.LoseResources sets Attempt = 0.
    [Fact]
    public void No_transition_lowers_the_fence_or_the_attempt() => ForEveryTransition((before, _, after) =>
    {
        Assert.True(after.Fence >= before.Fence, $"fence {before.Fence} became {after.Fence}");
        Assert.True(after.Attempt >= before.Attempt, $"attempt {before.Attempt} became {after.Attempt}");
    });

    // Mutant: ScheduledBot.RetryStaging keeps the fence.
    [Fact]
    public void Exactly_the_fencing_verbs_raise_the_fence() => ForEveryTransition((before, method, after) =>
        Assert.Equal(Transitions.FencingVerbs.Contains(Transitions.Label(method)) ? before.Fence.Next() : before.Fence, after.Fence));

    // Mutant: ScheduledBot.HandBack keeps the fence.
    [Fact]
    public void Every_change_of_ownership_raises_the_fence() => ForEveryTransition((before, _, after) =>
        Assert.True(after.Owner == before.Owner || after.Fence > before.Fence, $"{before.Owner} became {after.Owner} under fence {after.Fence}"));

    // Mutant: StagedBot.Arm leaves the attempt as it is.
    [Fact]
    public void Arming_alone_raises_the_attempt() => ForEveryTransition((before, method, after) =>
        Assert.Equal(before.Attempt + (method.Name == nameof(StagedBot.Arm) ? 1 : 0), after.Attempt));

    // Mutant: CancelledBot.Status returns Failed.
    [Fact]
    public void The_status_is_the_type_and_the_type_is_what_the_map_says() => ForEveryTransition((_, method, after) =>
    {
        BotStatus expected = Transitions.StatusOf(method.ReturnType);

        Assert.Equal(expected, after.Status);
        Assert.Equal(expected, after.ToSnapshot().Status);
        Assert.IsType(method.ReturnType, after);
        Assert.Equal(after.Status >= BotStatus.Joined, after.IsSettled);
    });

    // Mutant: ScheduledBot.Cancel clears the name.
    [Fact]
    public void No_transition_touches_what_was_requested() => ForEveryTransition((before, method, after) =>
    {
        Assert.Equal(Requested(before), Requested(after));
        Assert.Equal(method.Name == nameof(ScheduledBot.Reschedule), before.JoinAt != after.JoinAt);
        Assert.Equal(method.Name == nameof(ScheduledBot.Redirect), before.MeetingUrl != after.MeetingUrl);
        Assert.True(method.Name == nameof(ScheduledBot.Redirect) || before.Name == after.Name, "the name was changed");
    });

    // Mutant: JoiningBot.AdoptedBy leaves PossiblyStarted as it is. Mutant: StagedBot.AdoptedBy keeps ArmedUntil.
    [Fact]
    public void Only_an_adoption_flags_what_may_have_been_started_and_counts_crashes() => ForEveryTransition((before, method, after) =>
    {
        bool adopted = method.Name == nameof(ScheduledBot.AdoptedBy);

        Assert.Equal(before.PossiblyStarted || (adopted && before.ToSnapshot().ArmedUntil is not null), after.PossiblyStarted);
        Assert.InRange(after.Crashes, before.Crashes, before.Crashes + (adopted ? 1 : 0));
        Assert.True(!adopted || after.ToSnapshot() is { ArmedUntil: null, StagedFence: null }, "a new owner has neither armed nor staged it");
    });

    // Mutant: JoiningBot.Stage sets Attempt = 0.
    [Fact]
    public void What_reads_joining_never_reads_otherwise_until_it_settles() => ForEveryTransition((before, _, after) =>
        Assert.True(
            before.StatusAt(before.JoinAt) != BotStatus.Joining || after.IsSettled || after.StatusAt(before.JoinAt) == BotStatus.Joining,
            $"{before} became {after}"));

    // Mutant: FailedBot.Complete forgets SettledAt.
    [Fact]
    public void What_a_transition_reaches_survives_a_round_trip() => ForEveryTransition((_, _, after) =>
        Assert.Equal(after, Bot.FromSnapshot(after.ToSnapshot())));

    // Mutant: the constructor of FailedBot that takes a bot forgets settledAt (the law above lets it pass).
    [Fact]
    public void A_settled_bot_knows_when_it_settled_and_no_other_does() => ForEveryTransition((before, _, after) =>
        Assert.Equal(after.IsSettled, after.ToSnapshot().SettledAt >= before.JoinAt));

    // Mutant: StagedBot.Join hands on no StagedFence. Mutant: StagedBot.Attach leaves the StagedFence of an earlier owner.
    [Fact]
    public void The_allocation_follows_the_bot_until_it_is_freed() => ForEveryTransition((before, method, after) =>
    {
        BotSnapshot from = before.ToSnapshot(), to = after.ToSnapshot();
        bool stages = method.Name is nameof(ScheduledBot.Stage) or nameof(StagedBot.Attach);
        bool keeps = after is StagedBot or JoiningBot or JoinedBot
            && method.Name is not (nameof(StagedBot.RestageJoining) or nameof(JoiningBot.RetryStaging));
        bool changesHands = method.Name is nameof(StagedBot.ClaimedBy) or nameof(StagedBot.AdoptedBy) or nameof(StagedBot.HandBack);

        Assert.True(stages ? to.Resource is not null : to.Resource == (keeps ? from.Resource : null), "an allocation from nowhere, or lost");
        Assert.Equal(stages ? after.Fence : keeps && !changesHands && !after.IsSettled ? from.StagedFence : null, to.StagedFence);
    });

    // Mutant: JoiningBot.Fail forgets StartedAt.
    [Fact]
    public void The_start_of_a_call_is_never_forgotten_by_what_settles_it() => ForEveryTransition((before, _, after) =>
        Assert.True(!after.IsSettled || after.ToSnapshot().StartedAt == before.ToSnapshot().StartedAt, "the start was changed"));

    [Fact]
    public void A_retry_without_resources_is_refused_with_the_cure()
    {
        JoiningBot bot = Examples.Joining() with { Resource = null };

        var refusal = Assert.Throws<InvalidOperationException>(() => bot.Retry(bot.JoinAt, new Failure(FailureReason.JoinFailed)));

        Assert.Contains(bot.Id.ToString(), refusal.Message, StringComparison.Ordinal);
        Assert.Contains("must be staged", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_aborted_bot_says_so_and_belongs_to_nobody()
    {
        StagedBot bot = Examples.Staged();

        FailedBot aborted = bot.Abort(bot.CreatedAt);

        Assert.Equal(FailureReason.Aborted, aborted.Reason);
        Assert.Null(aborted.Owner);
        Assert.Null(aborted.ToSnapshot().Resource);
    }

    private static object Requested(Bot bot) =>
        (bot.Id, bot.Tenant, bot.DeduplicationKey, bot.RequestHash, bot.Metadata, bot.CreatedAt, bot.TraceParent);

    /// <summary>Runs a law over every transition of every generated bot, and insists that each was met.</summary>
    private void ForEveryTransition(Action<Bot, MethodInfo, Bot> law)
    {
        var cases =
            BotGenerators.Bot.And(BotGenerators.Span)
                .And(BotGenerators.Node.And(BotGenerators.Failure.And(BotGenerators.Resource)));

        Law.Holds(cases, drawn =>
        {
            Bot bot = drawn.First.First;
            foreach (MethodInfo method in Transitions.Of(bot).Where(method => Transitions.MayBegin(bot, method)))
            {
                Bot after = Transitions.Invoke(
                    bot, method, drawn.First.Second, drawn.Second.First, drawn.Second.Second.First, drawn.Second.Second.Second);
                law(bot, method, after);
                string label = Transitions.Label(method);
                _seen[label] = _seen.GetValueOrDefault(label) + 1;
            }
        });

        Assert.All(
            Transitions.Methods.Select(Transitions.Label),
            label => Assert.True(_seen.GetValueOrDefault(label) >= 5, $"{label} was met {_seen.GetValueOrDefault(label)} times in {Law.Cases} cases"));
    }
}
