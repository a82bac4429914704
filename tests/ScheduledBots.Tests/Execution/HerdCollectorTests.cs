using Microsoft.Extensions.DependencyInjection;
using ScheduledBots.Execution;
using ScheduledBots.Lifecycle;
using ScheduledBots.Tests.Stories;

namespace ScheduledBots.Tests.Execution;

public sealed class HerdCollectorTests
{
    private static readonly DateTimeOffset Instant = new(2030, 1, 1, 9, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Lead = Instant - HerdCollector.Lead;

    private readonly HerdCollector _herds;
    private int _collections;

    public HerdCollectorTests() => _herds = new HerdCollector(() => _collections++);

    // Mutant: Turn does not dequeue.
    [Fact]
    public void A_herd_is_preceded_by_one_collection()
    {
        _herds.Armed(Bots(HerdCollector.HerdSize));

        Assert.Equal(Lead, _herds.Turn(Lead.AddSeconds(-10), Instant));
        Assert.Equal(0, _collections);
        Assert.Equal(Instant, _herds.Turn(Lead, Instant));
        Assert.Equal(1, _collections);
        Assert.Equal(Instant, _herds.Turn(Lead.AddMilliseconds(1), Instant));
        Assert.Equal(1, _collections);
    }

    // Mutant: Armed counts all bots of a statement as one herd.
    [Fact]
    public void Bots_that_are_due_one_after_the_other_are_no_herd()
    {
        _herds.Armed([.. Bots(HerdCollector.HerdSize - 1), .. Bots(HerdCollector.HerdSize - 1, Instant.AddMilliseconds(1))]);

        Assert.Null(_herds.Turn(Lead, null));
        Assert.Equal(0, _collections);
    }

    // Mutant: Turn collects whatever is due next. Mutant: it gives the herd up after the first chance.
    [Fact]
    public void Nothing_is_collected_while_another_bot_is_about_to_join()
    {
        _herds.Armed(Bots(HerdCollector.HerdSize));
        DateTimeOffset other = Lead + HerdCollector.Calm - TimeSpan.FromMicroseconds(1);

        Assert.Equal(other, _herds.Turn(Lead, other));
        Assert.Equal(0, _collections);
        _herds.Turn(other, Instant);
        Assert.Equal(1, _collections);
    }

    // Mutant: TryPeek lets a herd pass that is due within the calm.
    [Fact]
    public void Shortly_before_the_instant_it_is_too_late()
    {
        DateTimeOffset next = Instant.AddMinutes(1);
        _herds.Armed([.. Bots(HerdCollector.HerdSize, next), .. Bots(HerdCollector.HerdSize)]);

        Assert.Equal(next - HerdCollector.Lead, _herds.Turn(Instant - HerdCollector.Calm + TimeSpan.FromMicroseconds(1), next));
        Assert.Equal(0, _collections);
    }

    [Fact]
    public void A_host_that_collects_by_itself_is_left_alone()
    {
        var herds = new HerdCollector(null);
        herds.Armed(Bots(HerdCollector.HerdSize));

        Assert.Null(herds.Turn(Lead, null));
    }

    // Mutant: ArmingStep does not tell of what it armed. Mutant: the engine's turn forgets the herd.
    [Theory]
    [InlineData(true, 1)]
    [InlineData(false, 0)]
    public async Task An_engine_collects_before_a_herd_and_every_bot_joins(bool collects, int collections)
    {
        await using Scene scene = await Scene.OpenAsync(
            options => options.CollectBeforeHerds = collects,
            build: builder => builder.Services.AddSingleton(services => new EngineEnvironment(services.GetRequiredService<TimeProvider>())
            {
                CollectYoung = () => Interlocked.Increment(ref _collections),
            }));
        BotRequest request = scene.Request(TimeSpan.FromMinutes(2));
        IReadOnlyList<ScheduleOutcome> outcomes = await scene.Scheduler.ScheduleManyAsync([.. Enumerable.Repeat(request, HerdCollector.HerdSize)]);
        BotId last = outcomes[^1].Result!.Bot.Id;

        await scene.StepUntilAsync(() => request.JoinAt - scene.Now < TimeSpan.FromSeconds(1));
        await scene.UntilAsync(last, BotStatus.Joined, TimeSpan.FromMilliseconds(20));

        Assert.Equal(collections, _collections);
    }

    // Mutant: CollectYoung is content with a collection that goes on in the background.
    [Fact]
    public void The_young_generations_are_collected()
    {
        int before = GC.CollectionCount(0);

        HerdCollector.CollectYoung();

        Assert.True(GC.CollectionCount(0) > before);
    }

    private static BotSnapshot[] Bots(int count) => Bots(count, Instant);

    private static BotSnapshot[] Bots(int count, DateTimeOffset joinAt) => [.. Enumerable.Range(0, count).Select(_ => new BotSnapshot
    {
        Id = BotId.New(joinAt),
        CreatedAt = joinAt.AddDays(-1),
        MeetingUrl = "https://meet.example.com/rooms/1",
        Name = "Notes",
        JoinAt = joinAt,
        Status = BotStatus.Staged,
    })];
}
