using ScheduledBots.Lifecycle;
using ScheduledBots.Storage;

namespace ScheduledBots.Testing.Conformance;

/// <summary>How every store that engines share keeps their nodes. A store with a single engine keeps none, and says so.</summary>
public abstract class NodeSuite : StoreSuite
{
    private bool IsShared => !Store.Traits.HasSingleEngine;

    [Fact]
    public async Task A_beat_raises_the_counter_by_one_and_tells_every_node_and_the_clock()
    {
        await RegisterAsync(Other);
        BeatOutcome first = await BeatAsync(Node);
        BeatOutcome second = await BeatAsync(Node);

        Assert.True(first.Applied && second.Applied);
        if (IsShared)
        {
            Assert.NotNull(second.StoreNow);
            Assert.Equal(Row(first, Node) with { Beat = Row(first, Node).Beat + 1, SeenAt = Row(second, Node).SeenAt }, Row(second, Node));
            Assert.Equal(("host", "1.2.3", NodeStatus.Alive), (Row(second, Node).Name, Row(second, Node).Version, Row(second, Node).Status));
            Assert.Equal(Row(first, Other), Row(second, Other));
        }
    }

    [Fact]
    public async Task A_node_that_is_not_known_is_registered_by_its_first_beat_only()
    {
        var stranger = new NodeId(Guid.Parse("01900000-0000-7000-8000-000000000003"));

        BeatOutcome unknown = await BeatAsync(stranger);
        BeatOutcome first = await BeatAsync(stranger, isFirst: true);
        BeatOutcome repeated = await BeatAsync(stranger, isFirst: true);

        Assert.True(first.Applied && repeated.Applied);
        Assert.Equal(!IsShared, unknown.Applied);
        Assert.DoesNotContain(unknown.Nodes, node => node.Id == stranger);
    }

    [Fact]
    public async Task A_silent_node_is_declared_dead_once_and_never_beats_again()
    {
        BeatOutcome seen = await BeatAsync(Node);
        long beat = IsShared ? Row(seen, Node).Beat : 0;

        bool early = await Store.DeclareDeadAsync(Node, beat - 1, CancellationToken.None);
        bool declared = await Store.DeclareDeadAsync(Node, beat, CancellationToken.None);
        bool again = await Store.DeclareDeadAsync(Node, beat, CancellationToken.None);
        BeatOutcome after = await BeatAsync(Node);
        BeatOutcome registered = await BeatAsync(Node, isFirst: true);

        Assert.False(early || again);
        Assert.Equal(IsShared, declared);
        Assert.Equal(!IsShared, after.Applied || registered.Applied);
        Assert.True(!IsShared || Row(after, Node) is { Status: NodeStatus.Dead, DeadAt: not null });
    }

    [Fact]
    public async Task A_beat_that_came_in_time_saves_the_node()
    {
        BeatOutcome seen = await BeatAsync(Node);
        await BeatAsync(Node);

        Assert.False(await Store.DeclareDeadAsync(Node, IsShared ? Row(seen, Node).Beat : 0, CancellationToken.None));
    }

    [Fact]
    public async Task A_dead_node_neither_claims_nor_arms_nor_adopts()
    {
        BotSnapshot staged = await StagedAsync(NewBot(10));
        await InsertAsync(NewBot(20));
        if (await KillAsync(Node))
        {
            Assert.Empty((await ClaimAsync()).Bots);
            Assert.Empty(await ArmAsync());
            Assert.Empty(await AdoptAsync(owner: Node));
            AssertSame(staged, await FindAsync(staged.Id));
        }
    }

    [Fact]
    public async Task A_draining_node_arms_but_neither_claims_nor_adopts()
    {
        await RegisterAsync(Other);
        await StagedAsync(NewBot(10));
        await InsertAsync(NewBot(20));
        await ClaimAsync(owner: Other, limit: 1);
        if (IsShared)
        {
            await KillAsync(Other);
            await BeatAsync(Node, NodeStatus.Draining);

            Assert.Empty((await ClaimAsync()).Bots);
            Assert.Empty(await AdoptAsync(owner: Node));
            Assert.Single(await ArmAsync());
        }
    }

    [Fact]
    public async Task A_node_takes_its_share_of_what_is_due_rounded_up_and_asks_again()
    {
        await RegisterAsync(Other);
        foreach (int due in (int[])[10, 20, 30, 40, 50])
        {
            await InsertAsync(NewBot(due));
        }

        ClaimOutcome first = await ClaimAsync();
        ClaimOutcome second = await ClaimAsync(owner: Other);

        Assert.Equal(IsShared ? (3, 1) : (5, 0), (first.Bots.Count, second.Bots.Count));
        Assert.True(!IsShared || (first.NextJoinAt is null && second.NextJoinAt is null));
    }

    [Fact]
    public async Task The_bots_of_a_living_node_are_not_adopted()
    {
        await ClaimedAsync();

        if (IsShared)
        {
            Assert.Empty(await AdoptAsync());
            await BeatAsync(Node, NodeStatus.Draining);
            Assert.Empty(await AdoptAsync());
        }
    }

    [Fact]
    public async Task What_was_not_armed_is_adopted_at_once_earliest_first_up_to_the_limit()
    {
        BotSnapshot later = await StagedAsync(NewBot(20));
        BotSnapshot earlier = await ClaimedAsync(NewBot(10));
        await KillAsync(Node);

        BotSnapshot first = Assert.Single(await AdoptAsync(limit: 1));
        BotSnapshot second = Assert.Single(await AdoptAsync());

        AssertSame(earlier with { Owner = Other, Fence = earlier.Fence.Next(), Version = earlier.Version + 1 }, first);
        AssertSame(later with { Owner = Other, Fence = later.Fence.Next(), StagedFence = null, Version = later.Version + 1 }, second);
        AssertSame(second, await FindAsync(later.Id));
        Assert.Empty(await AdoptAsync());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_was_armed_or_joining_is_adopted_once_its_window_has_closed_and_is_flagged(bool isJoining)
    {
        BotSnapshot armed = isJoining ? await JoiningAsync(NewBot(10)) : await ArmedAsync(NewBot(10));
        await KillAsync(Node);

        Assert.Empty(await AdoptAsync(closedBeforeMinutes: 11, atMinutes: 11));
        BotSnapshot adopted = Assert.Single(await AdoptAsync(closedBeforeMinutes: 11.001, atMinutes: 12));

        Assert.True(adopted.PossiblyStarted);
        Assert.Equal((armed.Status, armed.Attempt, armed.Resource), (adopted.Status, adopted.Attempt, adopted.Resource));
        Assert.Equal((null, null, armed.Fence.Next()), (adopted.ArmedUntil, adopted.StagedFence, adopted.Fence));
        Assert.True(!isJoining || adopted.Crashes == 1);
    }

    [Fact]
    public async Task An_owner_that_died_while_its_allocator_ran_counts_as_a_crash_and_one_whose_call_had_ended_does_not()
    {
        BotSnapshot allocating = await ClaimedAsync(NewBot(10));
        await CommitAsync(allocating, As<ScheduledBot>(allocating).BeginStaging());
        BotSnapshot ended = await ClaimedAsync(NewBot(20));
        ended = await CommitAsync(ended, As<ScheduledBot>(ended).BeginStaging());
        await CommitAsync(ended, As<ScheduledBot>(ended).Stage(new ResourceHandle("r", IsPortable: false)));
        await KillAsync(Node);

        IReadOnlyList<BotSnapshot> adopted = await AdoptAsync();

        Assert.Equal([1, 0], adopted.Select(bot => bot.Crashes));
    }

    [Fact]
    public async Task The_bots_of_a_node_that_left_or_was_never_known_are_adopted_and_leaving_is_no_crash()
    {
        BotSnapshot allocating = await ClaimedAsync(NewBot(10));
        await CommitAsync(allocating, As<ScheduledBot>(allocating).BeginStaging());
        await InsertAsync(NewBot(20) with { Owner = new NodeId(Guid.Parse("01900000-0000-7000-8000-000000000009")) });
        await BeatAsync(Node, NodeStatus.Left);

        IReadOnlyList<BotSnapshot> adopted = await AdoptAsync();

        Assert.Equal(2, adopted.Count);
        Assert.True(!IsShared || adopted[0].Crashes == 0);
    }

    [Fact]
    public async Task A_settled_bot_stays_with_whoever_settled_it()
    {
        BotSnapshot joined = await JoinedAsync();
        await KillAsync(Node);

        Assert.Empty(await AdoptAsync(closedBeforeMinutes: 1000, atMinutes: 1000));
        AssertSame(joined, await FindAsync(joined.Id));
    }

    private async Task<bool> KillAsync(NodeId node)
    {
        BeatOutcome seen = await BeatAsync(node);
        return IsShared && await Store.DeclareDeadAsync(node, Row(seen, node).Beat, CancellationToken.None);
    }

    private static NodeRow Row(BeatOutcome outcome, NodeId node) => Assert.Single(outcome.Nodes, row => row.Id == node);
}
