using FsCheck;
using FsCheck.Fluent;
using ScheduledBots.Lifecycle;
using ScheduledBots.Planning;
using ScheduledBots.Tests.Lifecycle;

namespace ScheduledBots.Tests.Planning;

/// <summary>Scripts of 20 to 200 steps over five tenants, one of which asks for more than all others, and 1 to 4 slots.</summary>
public class FairSlotQueueLaws
{
    private static readonly string[] Tenants = ["noisy", "a", "b", "c", ""];

    private static readonly Gen<(int Slots, IReadOnlyList<(int Kind, int Number)> Steps)> Script =
        from slots in Gen.Choose(1, 4)
        from length in Gen.Choose(20, 200)
        from steps in Gen.Choose(0, 9).And(Gen.Choose(0, 9_999)).ListOf(length)
        select (slots, (IReadOnlyList<(int, int)>)[.. steps]);

    // Mutant: TenantLane.ByTurn without Running. Mutant: without Round.
    // Mutant: PutBack forgets every idle lane at once. Mutant: the lane's queue is ordered by arrival. Mutant: Running <= slotCount.
    [Fact]
    public void Slots_are_filled_shared_evenly_and_nobody_is_passed_over_twice_more()
    {
        int contested = 0, returned = 0;

        Law.Holds(Script, script =>
        {
            var world = new FairQueueWorld(script.Slots);
            foreach ((int kind, int number) in script.Steps)
            {
                string tenant = Tenants[number % Tenants.Length];
                switch (kind)
                {
                    case < 3: world.Enqueue(tenant, number / Tenants.Length); break;
                    case 3: world.Enqueue("noisy", 0); break;
                    case 4: world.Drop(number); break;
                    case < 7: world.Free(number); world.FillSlots(); break;
                    default: world.FillSlots(); break;
                }
            }

            contested += world.ContestedCount;
            returned += world.ReturnedCount;
            world.Drain();
        });

        Assert.True(contested > 10_000 && returned > 1_000, $"{contested} slots were contested, {returned} tenants came back");
    }

    [Fact]
    public void One_bot_among_a_thousand_of_another_tenant_is_staged_second()
    {
        var queue = new FairSlotQueue(PlannedPhase.QueuedForStaging, slotCount: 1);
        for (int i = 0; i < 1_000; i++)
        {
            queue.Enqueue(FairQueueWorld.Bot("noisy", i, -i));
        }

        queue.Enqueue(FairQueueWorld.Bot("quiet", 1_000, 1_000));
        List<string> served = [];
        for (int i = 0; i < 3; i++)
        {
            Assert.True(queue.TryStart(out PlannedBot? planned));
            served.Add(planned.Bot.Tenant);
            queue.Free(planned.Bot.Id, planned.Bot.Fence);
        }

        Assert.Equal(["noisy", "quiet", "noisy"], served);
    }

    // Mutant: a new lane begins in round 0.
    [Fact]
    public void Who_comes_anew_joins_the_current_round_and_no_earlier_one()
    {
        var queue = new FairSlotQueue(PlannedPhase.QueuedForStaging, slotCount: 1);
        int number = 0;
        Enqueue("x", 1, 2, 9);
        Enqueue("y", 3, 4);
        List<string> served = [Serve(), Serve(), Serve()];

        Enqueue("z", 100);
        served.AddRange([Serve(), Serve(), Serve()]);

        Assert.Equal(["x 1", "y 3", "x 2", "y 4", "z 100", "x 9"], served);

        void Enqueue(string tenant, params int[] minutes) =>
            Array.ForEach(minutes, due => queue.Enqueue(FairQueueWorld.Bot(tenant, number++, due)));

        string Serve()
        {
            Assert.True(queue.TryStart(out PlannedBot? planned));
            queue.Free(planned.Bot.Id, planned.Bot.Fence);
            return $"{planned.Bot.Tenant} {(planned.Bot.JoinAt - Examples.Noon).TotalMinutes}";
        }
    }

    [Fact]
    public void One_tenant_alone_is_served_earliest_first()
    {
        var queue = new FairSlotQueue(PlannedPhase.QueuedForStaging, slotCount: 3);
        foreach (int minutes in (int[])[3, 1, 2, 4])
        {
            queue.Enqueue(FairQueueWorld.Bot("", minutes, minutes));
        }

        List<DateTimeOffset> started = [];
        while (queue.TryStart(out PlannedBot? planned))
        {
            started.Add(planned.Bot.JoinAt);
        }

        Assert.Equal([1, 2, 3], started.Select(at => (int)(at - Examples.Noon).TotalMinutes));
    }
}
