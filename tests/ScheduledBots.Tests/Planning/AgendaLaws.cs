using FsCheck;
using FsCheck.Fluent;
using ScheduledBots.Configuration;
using ScheduledBots.Lifecycle;
using ScheduledBots.Planning;
using ScheduledBots.Tests.Lifecycle;

namespace ScheduledBots.Tests.Planning;

public class AgendaLaws
{
    private static readonly Gen<AgendaStep> Step =
        from kind in Gen.Choose(0, 24)
        from milliseconds in Gen.Frequency((1, Gen.Choose(0, 10_000)), (3, Gen.Choose(0, 1_800_000)))
        select new AgendaStep(kind, milliseconds);

    private static readonly Gen<(IReadOnlyList<AgendaStep> Steps, int Staging, int Joins, bool IsShared)> Script =
        from length in Gen.Choose(5, 120)
        from steps in Step.ListOf(length)
        from staging in Gen.Choose(1, 4)
        from joins in Gen.Choose(1, 4)
        from isShared in Gen.Elements(false, true)
        select ((IReadOnlyList<AgendaStep>)[.. steps], staging, joins, isShared);

    // The world judges every command and the state after every step; see there.
    // Mutant: MoveTo does not rewind (joins come early). Mutant: OnStagingEnded does not release an orphan.
    // Mutant: FillJoinSlots does not look at IsMissed. Mutant: SlotQueue counts one slot more.
    [Fact]
    public void No_bot_is_early_unarmed_doubled_or_lost()
    {
        int joins = 0, missed = 0, releases = 0, disarmed = 0, restaged = 0, superseded = 0, orphans = 0;

        Law.Holds(Script, script =>
        {
            AgendaWorld world = Play(script.Steps, script.Staging, script.Joins, script.IsShared);
            world.Finish();
            joins += world.Seen.OfType<Command.Join>().Count();
            missed += world.Seen.OfType<Command.Fail>().Count();
            releases += world.Seen.OfType<Command.Release>().Count();
            disarmed += world.Seen.OfType<Command.Disarm>().Count();
            restaged += world.Seen.OfType<Command.Restage>().Count();
            superseded += world.Seen.OfType<Command.Supersede>().Count();
            orphans += world.Seen.OfType<Command.Orphan>().Count();
        });

        Assert.True(joins > 1_000 && missed > 100 && releases > 100, $"{joins} joins, {missed} missed, {releases} releases");
        Assert.True(
            disarmed > 100 && restaged > 100 && superseded > 10 && orphans > 100,
            $"{disarmed} disarmed, {restaged} restaged, {superseded} superseded, {orphans} orphans");
    }

    // Mutant: IsDrained does not wait for the claim under way; or not for bots that are closed and were dropped meanwhile.
    // Mutant: AwaitStaging plans while draining.
    [Fact]
    public void A_drain_ends_once_everything_is_answered()
    {
        int handedBack = 0;

        Law.Holds(Script, script =>
        {
            AgendaWorld world = Play(script.Steps, script.Staging, script.Joins, script.IsShared);
            world.Drain();
            foreach (AgendaStep step in script.Steps)
            {
                world.Take(step);
            }

            world.Finish();
            Assert.True(world.Agenda.IsDrained);
            Assert.Null(world.Agenda.NextDeadline);
            handedBack += world.Seen.OfType<Command.HandBack>().Count();
        });

        Assert.True(handedBack > 1_000, $"{handedBack} handed back");
    }

    // Mutant: stageAt without the spread; or with the spread added instead of subtracted.
    [Fact]
    public void Staging_begins_its_lead_and_an_own_share_of_the_spread_before_the_join()
    {
        var options = new ScheduledBotsOptions { MaxConcurrentAllocations = int.MaxValue };
        var world = new AgendaWorld(options);
        DateTimeOffset joinAt = AgendaWorld.Start.AddHours(1);
        world.Load([.. Enumerable.Range(0, 200).Select(_ => world.Create(joinAt))]);
        Dictionary<BotId, DateTimeOffset> stagedAt = [];
        while (stagedAt.Count < 200)
        {
            int seen = world.Seen.Count;
            world.Move(world.Agenda.NextDeadline!.Value);
            foreach (Command.Stage stage in world.Seen.Skip(seen).OfType<Command.Stage>())
            {
                stagedAt.Add(stage.Bot.Id, world.Now);
            }
        }

        DateTimeOffset latest = joinAt - options.StagingLead;
        Assert.All(stagedAt.Values, at => Assert.InRange(at, latest - options.StagingSpread, latest.AddMicroseconds(1)));
        Assert.True(stagedAt.Values.Max() - stagedAt.Values.Min() > options.StagingSpread / 2);
    }

    [Fact]
    public void A_bot_whose_lead_is_short_is_staged_at_once()
    {
        var world = new AgendaWorld(new ScheduledBotsOptions());

        world.Load(world.Create(AgendaWorld.Start.AddSeconds(1)));

        Assert.Single(world.Seen.OfType<Command.Stage>());
    }

    // Mutant: the bound of Command.Arm is now + lead itself, which excludes who is due there.
    [Fact]
    public void A_herd_joins_in_one_turn()
    {
        const int Herd = 1_000;
        var world = new AgendaWorld(new ScheduledBotsOptions { MaxConcurrentAllocations = int.MaxValue });
        DateTimeOffset joinAt = AgendaWorld.Start.AddMinutes(1);
        world.Load([.. Enumerable.Range(0, Herd).Select(_ => world.Create(joinAt))]);
        for (int i = 0; i < Herd; i++)
        {
            world.AnswerStaging(default, success: true);
        }

        world.Move(joinAt - new ScheduledBotsOptions().ArmLead);
        world.AnswerArming(true);
        world.Move(joinAt.AddMicroseconds(-1));
        Assert.Empty(world.Seen.OfType<Command.Join>());

        world.Move(joinAt);

        Assert.Equal(Herd, world.Seen.OfType<Command.Join>().Count());
    }

    private static AgendaWorld Play(IReadOnlyList<AgendaStep> steps, int staging, int joins, bool isShared)
    {
        var world = new AgendaWorld(new ScheduledBotsOptions { MaxConcurrentAllocations = staging, MaxConcurrentJoins = joins, ReconcileInterval = TimeSpan.FromMinutes(1) }, isShared);
        foreach (AgendaStep step in steps)
        {
            world.Take(step);
        }

        return world;
    }
}
