using ScheduledBots.Lifecycle;
using ScheduledBots.Storage;

namespace ScheduledBots.Testing.Conformance;

/// <summary>How every store guards and writes the engine's transitions.</summary>
public abstract class CommitSuite : StoreSuite
{
    [Fact]
    public async Task Another_owner_fence_or_status_fences_and_leaves_the_row()
    {
        BotSnapshot claimed = await ClaimedAsync();
        BotCommit good = Guarded(claimed, claimed with { Crashes = 9 });

        IReadOnlyList<CommitOutcome> outcomes = await Store.CommitAsync(
            [good with { Owner = Other }, good with { Fence = new Fence(7) }, good with { From = BotStatus.Staged },
                good with { Next = NewBot() }],
            CancellationToken.None);

        Assert.All(outcomes, outcome => Assert.Equal(CommitOutcome.Fenced, outcome));
        AssertSame(claimed, await FindAsync(claimed.Id));
        Assert.Empty(await Store.HistoryAsync(claimed.Id, CancellationToken.None));
    }

    [Fact]
    public async Task A_commit_leaves_the_columns_of_the_callers_alone()
    {
        BotSnapshot claimed = await ClaimedAsync();
        await ChangeAsync(Update(claimed.Id) with { Metadata = "new" });
        BotSnapshot next = As<ScheduledBot>(claimed).Stage(new ResourceHandle("r", IsPortable: false)).ToSnapshot()
            with { MeetingUrl = "stale", Name = "stale", JoinAt = Start, Metadata = "stale" };

        await Store.CommitAsync([Guarded(claimed, next)], CancellationToken.None);

        BotSnapshot found = await FindAsync(claimed.Id);
        Assert.Equal((claimed.MeetingUrl, claimed.Name, "new"), (found.MeetingUrl, found.Name, found.Metadata));
        Assert.Equal(claimed.JoinAt, found.JoinAt);
        Assert.Equal(BotStatus.Staged, found.Status);
        Assert.Equal(claimed.Version + 2, found.Version);
    }

    [Fact]
    public async Task Every_column_of_the_engine_is_written()
    {
        BotSnapshot claimed = await ClaimedAsync();
        BotSnapshot next = claimed with
        {
            Status = BotStatus.Joining, Fence = new Fence(5), Attempt = 3, PossiblyStarted = true, Crashes = 2,
            AllocatingFence = new Fence(5),
            NotBefore = Start.AddMicroseconds(1), LastFailure = new Failure(FailureReason.JoinFailed, "why"),
            Resource = new ResourceHandle("r", IsPortable: false), StagedFence = new Fence(4),
            ArmedUntil = Start.AddMicroseconds(2), StartedAt = Start.AddMicroseconds(3),
        };

        await Store.CommitAsync([Guarded(claimed, next)], CancellationToken.None);

        AssertSame(next with { Version = claimed.Version + 1 }, await FindAsync(claimed.Id));
    }

    /// <summary>A copy of a disarming, of an attachment or of a mark that arrives late must not undo what came after it.</summary>
    [Fact]
    public async Task Another_attempt_than_the_guard_names_fences()
    {
        BotSnapshot armed = await ArmedAsync();
        BotCommit late = Guarded(armed, armed with { ArmedUntil = null }) with { Attempt = armed.Attempt - 1 };

        IReadOnlyList<CommitOutcome> outcomes = await Store.CommitAsync([late], CancellationToken.None);

        Assert.Equal([CommitOutcome.Fenced], outcomes);
        AssertSame(armed, await FindAsync(armed.Id));
        Assert.Equal([CommitOutcome.Applied], await Store.CommitAsync([late with { Attempt = armed.Attempt }], CancellationToken.None));
    }

    /// <summary>A copy of the commit that says a bot is joining must not bring the attempt back when it has failed meanwhile.</summary>
    [Fact]
    public async Task A_row_that_is_not_armed_any_more_fences_what_must_find_it_armed()
    {
        BotSnapshot armed = await ArmedAsync();
        BotCommit first = Guarded(armed, As<StagedBot>(armed).Join(armed.JoinAt).ToSnapshot()) with { Attempt = armed.Attempt, IsArmed = true };
        BotCommit disarming = Guarded(armed, armed with { ArmedUntil = null }) with { Attempt = armed.Attempt, IsArmed = true };

        Assert.Equal([CommitOutcome.Applied], await Store.CommitAsync([disarming], CancellationToken.None));

        Assert.Equal([CommitOutcome.Fenced], await Store.CommitAsync([first], CancellationToken.None));
        Assert.Null((await FindAsync(armed.Id)).ArmedUntil);
    }

    /// <summary>An arming statement names no bots, so it may arm one whose end is decided and not yet written.</summary>
    [Fact]
    public async Task An_attempt_that_was_counted_meanwhile_stays_counted()
    {
        BotSnapshot staged = await StagedAsync();
        await Store.ArmAsync(new ArmQuery(Node, Start, DateTimeOffset.MaxValue, TimeSpan.FromSeconds(5)), CancellationToken.None);
        BotSnapshot next = As<StagedBot>(staged).LoseResources().ToSnapshot();

        await Store.CommitAsync([Guarded(staged, next)], CancellationToken.None);

        AssertSame(next with { Attempt = staged.Attempt + 1, Version = staged.Version + 2 }, await FindAsync(staged.Id));
    }

    [Fact]
    public async Task History_is_kept_in_order()
    {
        BotSnapshot claimed = await ClaimedAsync();
        var first = new BotHistoryLine(Start, BotStatus.Scheduled, BotStatus.Staged, Node, 0, null);
        var second = new BotHistoryLine(Start.AddMinutes(-1), BotStatus.Staged, BotStatus.Failed, Node, 1, FailureReason.Unknown);

        await TryCommitAsync(claimed, As<ScheduledBot>(claimed).Stage(new ResourceHandle("r", IsPortable: true)), first, second);

        Assert.Equal([first, second], await Store.HistoryAsync(claimed.Id, CancellationToken.None));
    }
}
