using ScheduledBots.Configuration;
using ScheduledBots.Lifecycle;
using ScheduledBots.Simulation.History;
using ScheduledBots.Simulation.Plans;

namespace ScheduledBots.Simulation.Tests;

/// <summary>The rows of the crash matrix in docs/protocol.md, each as one run with one fault.</summary>
public class CrashMatrixTests
{
    private static readonly JoinAct[] SlowJoin = [new(JoinActKind.Joins, TimeSpan.FromSeconds(30))];

    [Fact]
    public void Killed_before_its_staging_is_written_the_bot_is_allocated_again_under_a_larger_fence_and_joins_on_time()
    {
        Matrix run = Matrix.Run([Matrix.Kill(8)], allocations: [new(AllocationActKind.Delivers, TimeSpan.FromSeconds(10))]);

        JoinsOnce(run, onTime: true, possiblyStarted: false, attempt: 1);
        Assert.Equal(2, run.Allocations.Count);
        Assert.True(run.Allocations[1].Fence > run.Allocations[0].Fence);
        Assert.Equal(1, run.Row.Crashes);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Killed_when_it_was_staged_but_not_armed_the_bot_never_started_and_joins_on_time(bool isPortable)
    {
        Matrix run = Matrix.Run([Matrix.Kill(20)], isPortable: isPortable);

        JoinsOnce(run, onTime: true, possiblyStarted: false, attempt: 1);
        Assert.Equal(isPortable, run.Allocations[^1].Attach);
        Assert.Equal(0, run.Row.Crashes);
    }

    // Found with real processes: the bots of a dead node were looked for one beat after it was declared dead, and the beat
    // that declared it came almost an interval after its time to live had ended.
    // Mutant: no sweep after a declaration. Mutant: no beat when a time to live ends.
    [Theory]
    [InlineData(20.01)]
    [InlineData(20.3)]
    [InlineData(20.5)]
    [InlineData(20.7)]
    [InlineData(20.99)]
    public void A_silent_death_is_declared_when_a_time_to_live_has_passed_since_its_last_beat_was_seen_and_its_bot_is_adopted_at_once(double killedAt)
    {
        Matrix run = Matrix.Run([Matrix.Kill(killedAt)]);

        Entry.DeclaredDead death = run.Recorder.Entries.OfType<Entry.DeclaredDead>().First(death => death.Applied);
        Entry adoption = run.Recorder.Entries.OfType<Entry.Wrote>().First(wrote => wrote.At > death.At && wrote.After!.Owner != wrote.Before!.Owner);
        Assert.InRange(Matrix.SecondOf(death) - killedAt, 5, 6.15); // both began together, so that a beat is seen within a tenth of a second
        Assert.InRange(Matrix.SecondOf(adoption) - Matrix.SecondOf(death), 0, 0.05);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Killed_when_it_was_armed_before_the_call_the_bot_joins_after_window_and_hold_and_is_flagged(bool isPortable)
    {
        Matrix run = Matrix.Run([Matrix.Kill(35)], isPortable: isPortable);

        JoinsOnce(run, onTime: false, possiblyStarted: true, attempt: 2);
        Assert.InRange(Matrix.SecondOf(run.Calls[0]), 60, 64);
    }

    [Fact]
    public void An_idempotent_joiner_is_called_again_as_soon_as_the_window_has_closed()
    {
        ScheduledBotsOptions options = Matrix.Options();
        options.JoinerIsIdempotent = true;

        Matrix run = Matrix.Run([Matrix.Kill(35)], options);

        JoinsOnce(run, onTime: false, possiblyStarted: true, attempt: 2);
        Assert.InRange(Matrix.SecondOf(run.Calls[0]), 45, 49);
    }

    [Theory]
    [InlineData(40.0025)]
    [InlineData(42)]
    public void Killed_right_after_the_call_or_while_it_ran_the_bot_joins_again_and_is_flagged(double killedAt)
    {
        Matrix run = Matrix.Run([Matrix.Kill(killedAt)], joins: SlowJoin);

        Assert.Equal([(1, false), (2, true)], run.Calls.Select(call => (call.Attempt.Attempt, call.Attempt.PossiblyStarted)));
        Assert.True(run.Calls[1].Attempt.Fence > run.Calls[0].Attempt.Fence);
        Assert.InRange(Matrix.SecondOf(run.Calls[1]), 60, 64);
        Assert.Equal((BotStatus.Joined, 1), (run.Row.Status, run.Row.Crashes));
    }

    [Fact]
    public void Killed_while_it_joined_the_bot_fails_as_unknown_where_the_policy_says_so()
    {
        ScheduledBotsOptions options = Matrix.Options();
        options.AmbiguityPolicy = AmbiguityPolicy.Fail;

        Matrix run = Matrix.Run([Matrix.Kill(42)], options, joins: SlowJoin);

        Assert.Single(run.Calls);
        Assert.Equal((BotStatus.Failed, FailureReason.Unknown), (run.Row.Status, run.Row.LastFailure?.Reason));
    }

    [Fact]
    public void Killed_after_its_result_was_stored_nothing_happens()
    {
        Matrix run = Matrix.Run([Matrix.Kill(44)]);

        JoinsOnce(run, onTime: true, possiblyStarted: false, attempt: 1);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_store_that_is_down_around_the_instant_makes_nobody_late_and_nobody_dead(bool hangs)
    {
        Matrix run = Matrix.Run([new Fault.Outage(TimeSpan.FromSeconds(32), TimeSpan.FromSeconds(52), hangs)]);

        JoinsOnce(run, onTime: true, possiblyStarted: false, attempt: 1);
        Assert.False(run.AnyDeath);
    }

    [Fact]
    public void A_node_cut_off_for_less_than_its_time_to_live_and_the_hold_joins_on_time_and_its_late_result_counts()
    {
        Matrix run = Matrix.Run([new Fault.Partition(TimeSpan.FromSeconds(35), TimeSpan.FromSeconds(50), Machine: 0)]);

        JoinsOnce(run, onTime: true, possiblyStarted: false, attempt: 1);
        Assert.True(run.AnyDeath);
    }

    [Fact]
    public void A_zombie_that_wakes_after_its_window_makes_no_call()
    {
        Matrix run = Matrix.Run([new Fault.Freeze(TimeSpan.FromSeconds(35), TimeSpan.FromSeconds(70), Machine: 0)]);

        JoinsOnce(run, onTime: false, possiblyStarted: true, attempt: 2);
        Assert.NotEqual(1, run.Calls[0].Process);
    }

    [Fact]
    public void A_node_that_was_declared_dead_goes_on_as_another_and_takes_bots_again()
    {
        Matrix run = Matrix.Run(
        [
            new Fault.Freeze(TimeSpan.FromSeconds(8), TimeSpan.FromSeconds(20), Machine: 0),
            new Fault.Kill(TimeSpan.FromSeconds(22), TimeSpan.FromHours(1), Machine: 1),
        ]);

        JoinsOnce(run, onTime: true, possiblyStarted: false, attempt: 1);
        Assert.Equal(1, run.Calls[0].Process);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_node_that_drains_hands_the_bot_over_without_anybody_waiting(bool isPortable)
    {
        Matrix run = Matrix.Run(
            [new Fault.Restart(TimeSpan.FromSeconds(20), TimeSpan.FromSeconds(21), Machine: 0, IsCutShort: false)], isPortable: isPortable);

        JoinsOnce(run, onTime: true, possiblyStarted: false, attempt: 1);
        Assert.Equal(isPortable, run.Allocations[^1].Attach);
        Assert.False(run.AnyDeath);
    }

    // Mutant: the writer does not ask the history whether a bot was handed back.
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void What_a_drain_hands_over_is_not_released_though_nobody_answers(bool isCutShort)
    {
        Matrix run = Matrix.Run(
        [
            new Fault.LostAnswers(TimeSpan.FromSeconds(19), TimeSpan.FromSeconds(27), Machine: 0),
            new Fault.Restart(TimeSpan.FromSeconds(20), TimeSpan.FromSeconds(22), Machine: 0, isCutShort),
        ],
        isPortable: true);

        JoinsOnce(run, onTime: true, possiblyStarted: false, attempt: 1);
        Assert.True(run.Allocations[^1].Attach);
        Assert.False(run.AnyRelease);
    }

    // Mutant: a beat is the first as long as none was answered.
    [Fact]
    public void A_node_that_was_buried_before_it_heard_of_its_first_beat_comes_under_another_name()
    {
        ScheduledBotsOptions options = Matrix.Options();
        options.Retention = options.PruneInterval = TimeSpan.FromSeconds(5);

        Matrix run = Matrix.Run(
        [
            new Fault.LostAnswers(TimeSpan.Zero, TimeSpan.FromSeconds(1), Machine: 0),
            new Fault.Partition(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(20), Machine: 0),
            new Fault.Kill(TimeSpan.FromSeconds(24), TimeSpan.FromHours(1), Machine: 1),
        ],
        options);

        NodeId[] names = [.. run.Recorder.Entries.OfType<Entry.Named>().Where(named => named.Process == 1).Select(named => named.Node)];
        Assert.Equal(names[0], run.Recorder.Entries.OfType<Entry.DeclaredDead>().First(death => death.Applied).Node);
        Entry.Joining call = Assert.Single(run.Calls);
        Assert.Equal(1, call.Process);
        Assert.Equal(names[1], call.Attempt.Bot.Owner);
    }

    [Fact]
    public void A_node_that_drains_within_the_arm_lead_joins_the_bot_itself()
    {
        Matrix run = Matrix.Run([new Fault.Restart(TimeSpan.FromSeconds(35), TimeSpan.FromSeconds(36), Machine: 0, IsCutShort: false)]);

        JoinsOnce(run, onTime: true, possiblyStarted: false, attempt: 1);
        Assert.Equal(1, run.Calls[0].Process);
    }

    private static void JoinsOnce(Matrix run, bool onTime, bool possiblyStarted, int attempt)
    {
        Entry.Joining call = Assert.Single(run.Calls);
        Assert.Equal((possiblyStarted, attempt), (call.Attempt.PossiblyStarted, call.Attempt.Attempt));
        Assert.Equal(onTime, call.Attempt.Lateness < TimeSpan.FromMilliseconds(100));
        Assert.Equal(BotStatus.Joined, run.Row.Status);
    }
}
