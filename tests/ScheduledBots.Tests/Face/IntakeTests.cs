using ScheduledBots.Lifecycle;
using ScheduledBots.Storage;
using ScheduledBots.Tests.Stories;

namespace ScheduledBots.Tests.Face;

public sealed class IntakeTests
{
    [Fact]
    public async Task Many_requests_get_one_outcome_each_in_their_order_and_a_bad_one_is_refused_alone()
    {
        await using Scene scene = await Scene.OpenAsync(start: false);
        BotRequest good = scene.Request(TimeSpan.FromHours(1));

        IReadOnlyList<ScheduleOutcome> outcomes = await scene.Scheduler.ScheduleManyAsync(
            [good with { Name = "first" }, null!, good with { Name = "" }, good with { JoinAt = scene.Now }, good with { Name = "last" }]);

        Assert.Equal(["first", null, null, null, "last"], outcomes.Select(outcome => outcome.Result?.Bot.Name));
        Assert.IsType<ArgumentNullException>(outcomes[1].Error);
        Assert.IsType<ArgumentException>(outcomes[2].Error);
        Assert.IsType<ArgumentOutOfRangeException>(outcomes[3].Error);
        Assert.Equal(2, (await scene.Scheduler.ListAsync(new BotFilter())).Bots.Count);
    }

    // Mutant: the store is called for each request.
    [Fact]
    public async Task A_batch_of_a_thousand_is_one_call_of_the_store()
    {
        await using Scene scene = await Scene.OpenAsync(start: false);
        List<int> batches = [];
        IBotScheduler scheduler = scene.SchedulerOn(StoreProxy.Over(scene.Store, (method, arguments, call) =>
        {
            if (method == nameof(IBotStore.InsertAsync))
            {
                batches.Add(((IReadOnlyList<BotSnapshot>)arguments[0]!).Count);
            }

            return call();
        }));

        IReadOnlyList<ScheduleOutcome> outcomes = await scheduler.ScheduleManyAsync(
            [.. Enumerable.Range(0, 2_500).Select(i => scene.Request(TimeSpan.FromMinutes(1 + i)))]);

        Assert.Equal([1_000, 1_000, 500], batches);
        Assert.Equal(outcomes.Select(outcome => outcome.Result!.Bot.JoinAt).Order(), outcomes.Select(outcome => outcome.Result!.Bot.JoinAt));
        Assert.Empty(await scheduler.ScheduleManyAsync([]));
    }

    [Fact]
    public async Task Requests_that_repeat_one_another_in_a_batch_behave_as_one_after_the_other()
    {
        await using Scene scene = await Scene.OpenAsync(start: false);
        BotRequest keyed = scene.Request(TimeSpan.FromHours(1)) with { DeduplicationKey = "standup" };

        IReadOnlyList<ScheduleOutcome> outcomes = await scene.Scheduler.ScheduleManyAsync(
            [keyed, keyed, keyed with { Name = "Other" }, keyed with { Tenant = "acme" }]);

        Assert.True(outcomes[0].Result!.Created);
        Assert.False(outcomes[1].Result!.Created);
        Assert.Equal(outcomes[0].Result!.Bot.Id, outcomes[1].Result!.Bot.Id);
        Assert.Equal(outcomes[0].Result!.Bot.Id, Assert.IsType<DeduplicationConflictException>(outcomes[2].Error).ExistingId);
        Assert.True(outcomes[3].Result!.Created);
    }

    // Mutant: RepeatAsync is not asked.
    [Fact]
    public async Task A_repeated_request_finds_its_bot_although_its_own_instant_is_over()
    {
        await using Scene scene = await Scene.OpenAsync(options => options.MinimumLeadTime = TimeSpan.FromMinutes(5), start: false);
        BotRequest keyed = scene.Request(TimeSpan.FromHours(1)) with { DeduplicationKey = "standup" };
        BotRequest named = scene.Request(TimeSpan.FromHours(1)) with { Id = BotId.New(scene.Now) };
        Bot byKey = (await scene.Scheduler.ScheduleAsync(keyed)).Bot, byId = (await scene.Scheduler.ScheduleAsync(named)).Bot;
        await scene.Scheduler.RescheduleAsync(byKey.Id, scene.Now + TimeSpan.FromHours(5));

        scene.Time.Advance(TimeSpan.FromMinutes(58));
        ScheduleResult tooLate = await scene.Scheduler.ScheduleAsync(named);
        scene.Time.Advance(TimeSpan.FromHours(1));
        ScheduleResult past = await scene.Scheduler.ScheduleAsync(keyed);

        Assert.Equal((byId.Id, false), (tooLate.Bot.Id, tooLate.Created));
        Assert.Equal((byKey.Id, false), (past.Bot.Id, past.Created));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => scene.Scheduler.ScheduleAsync(keyed with { Name = "Other" }));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => scene.Scheduler.ScheduleAsync(keyed with { DeduplicationKey = "new" }));
    }

    [Fact]
    public async Task The_same_id_finds_its_bot_even_settled_and_with_other_content_it_is_a_conflict()
    {
        await using Scene scene = await Scene.OpenAsync(start: false);
        BotRequest request = scene.Request(TimeSpan.FromHours(1)) with { Id = BotId.New(scene.Now) };
        await scene.Scheduler.ScheduleAsync(request);
        await scene.Scheduler.CancelAsync(request.Id.Value);

        ScheduleResult repeated = await scene.Scheduler.ScheduleAsync(request);

        Assert.IsType<CancelledBot>(repeated.Bot);
        Assert.False(repeated.Created);
        await Assert.ThrowsAsync<DeduplicationConflictException>(() => scene.Scheduler.ScheduleAsync(request with { Metadata = "other" }));
        await Assert.ThrowsAsync<DeduplicationConflictException>(() => scene.Scheduler.ScheduleAsync(request with { DeduplicationKey = "new" }));
    }

    [Fact]
    public async Task A_key_is_free_again_once_its_bot_is_settled()
    {
        await using Scene scene = await Scene.OpenAsync(start: false);
        BotRequest request = scene.Request(TimeSpan.FromHours(1)) with { DeduplicationKey = "standup" };
        Bot first = (await scene.Scheduler.ScheduleAsync(request)).Bot;
        await scene.Scheduler.CancelAsync(first.Id);

        ScheduleResult second = await scene.Scheduler.ScheduleAsync(request);

        Assert.True(second.Created);
        Assert.NotEqual(first.Id, second.Bot.Id);
    }

    /// <summary>A store that is not in memory may find the holder of a key and see it settle before it can say so.</summary>
    // Mutant: MaxRetries is 2. Mutant: a settled holder is returned.
    [Theory]
    [InlineData(3, true)]
    [InlineData(4, false)]
    public async Task A_key_whose_holder_just_settled_is_tried_three_times_more(int settledAnswers, bool isCreated)
    {
        await using Scene scene = await Scene.OpenAsync(start: false);
        BotRequest request = scene.Request(TimeSpan.FromHours(1)) with { DeduplicationKey = "standup" };
        Bot settled = (await scene.Scheduler.ScheduleAsync(request)).Bot;
        BotSnapshot row = (await scene.Scheduler.CancelAsync(settled.Id)).ToSnapshot();
        int calls = 0;
        IBotScheduler scheduler = scene.SchedulerOn(StoreProxy.Over(scene.Store, (method, _, call) =>
            method == nameof(IBotStore.InsertAsync) && ++calls <= settledAnswers
                ? Task.FromResult<IReadOnlyList<InsertOutcome>>([new InsertOutcome(row, Inserted: false)])
                : call()));

        IReadOnlyList<ScheduleOutcome> outcomes = await scheduler.ScheduleManyAsync([request]);

        Assert.Equal(4, calls);
        Assert.Equal(isCreated, outcomes[0].Result?.Created ?? false);
        Assert.Equal(isCreated, outcomes[0].Error is not DeduplicationConflictException);
    }

    [Fact]
    public async Task Half_a_character_is_refused_by_name()
    {
        await using Scene scene = await Scene.OpenAsync(start: false);
        BotRequest good = scene.Request(TimeSpan.FromHours(1));

        foreach ((string name, BotRequest request) in ((string, BotRequest)[])
            [
                ("Name", good with { Name = "cut\uD83E" }),
                ("Metadata", good with { Metadata = "\uDD16cut" }),
                ("DeduplicationKey", good with { DeduplicationKey = "\uDD16\uD83E" }),
                ("Tenant", good with { Tenant = "\uD83Ex" }),
            ])
        {
            var refusal = await Assert.ThrowsAsync<ArgumentException>(() => scene.Scheduler.ScheduleAsync(request));
            Assert.StartsWith(name + " contains U+D", refusal.Message, StringComparison.Ordinal);
        }

        Assert.True((await scene.Scheduler.ScheduleAsync(good with { Name = "whole \uD83E\uDD16", Metadata = "\uD83E\uDD16" })).Created);
    }
}
