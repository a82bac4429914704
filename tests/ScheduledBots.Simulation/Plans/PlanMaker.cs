using ScheduledBots.Configuration;
using ScheduledBots.Lifecycle;
using ScheduledBots.Simulation.World;

namespace ScheduledBots.Simulation.Plans;

/// <summary>Makes the plan of a seed. Each part draws from a stream of its own.</summary>
internal sealed class PlanMaker(int seed, int machineCount, int botCount)
{
    /// <summary>How long things go wrong.</summary>
    private static readonly TimeSpan Faulty = TimeSpan.FromSeconds(150);

    public Plan Make()
    {
        ScheduledBotsOptions options = MakeOptions(Dice.For(seed, "options"));
        ScheduledBotsOptions next = MakeNext(options, MakeOptions(Dice.For(seed, "next options")));
        Dice dice = Dice.For(seed, "world");
        bool calm = dice.Chance(0.1);
        List<Fault> faults = calm ? []
            : [.. MakeFaults(Dice.For(seed, "faults")), .. new RareFaultMaker(Dice.For(seed, "rare faults"), options, Faulty, machineCount).Make()];
        KeepRowsBeyond(faults, options, next);
        // An ad-hoc bot is due by the clock it was made under, so one of a clock far ahead would outlast the run.
        bool adHoc = !faults.OfType<Fault.ClockStep>().Any(step => step.By > TimeSpan.FromSeconds(1));
        return new Plan
        {
            Seed = seed,
            Options = options,
            NextOptions = next,
            Machines = [.. Enumerable.Range(0, machineCount).Select(number => MakeMachine(number, Dice.For(seed, $"machine {number}")))],
            Bots = MakeBots(options, Dice.For(seed, "bots"), calm, adHoc),
            Faults = faults,
            Hesitation = dice.Pick(TimeSpan.Zero, TimeSpan.FromMicroseconds(50), TimeSpan.FromMicroseconds(500), TimeSpan.FromMilliseconds(5)),
            Latency = dice.Pick(
                (TimeSpan.FromMicroseconds(100), TimeSpan.FromMilliseconds(1)),
                (TimeSpan.FromMilliseconds(1), TimeSpan.FromMilliseconds(20)),
                (TimeSpan.FromMilliseconds(5), TimeSpan.FromMilliseconds(150))),
            HealAt = Faulty,
            EndAt = Faulty + Later(LongestLife(options), LongestLife(next)),
        };
    }

    /// <summary>What the last bot may still need when everything works: staging with its retries, the grace, every attempt.</summary>
    private static TimeSpan LongestLife(ScheduledBotsOptions options) =>
        options.StagingLead + options.StagingSpread + options.MisfireGrace + (options.JoinTimeout * 2)
        + options.NodeTimeToLive + options.StartWindow + options.AmbiguityHold + options.ReconcileInterval + TimeSpan.FromSeconds(90);

    /// <summary>
    /// A row is kept longer than anybody is cut off at a stretch, as the option asks for: of one that was pruned before, a node
    /// cannot learn any more what became of it, nor a caller that its request was carried out.
    /// </summary>
    private static void KeepRowsBeyond(List<Fault> faults, params ScheduledBotsOptions[] all)
    {
        TimeSpan longest = TimeSpan.Zero, from = TimeSpan.Zero, until = TimeSpan.Zero;
        foreach (Fault fault in faults.OrderBy(fault => fault.From))
        {
            from = fault.From > until ? fault.From : from;
            until = Later(until, fault.Until);
            longest = Later(longest, until - from);
        }

        foreach (ScheduledBotsOptions options in all)
        {
            options.Retention += longest + TimeSpan.FromSeconds(10);
        }
    }

    private static ScheduledBotsOptions MakeOptions(Dice dice)
    {
        TimeSpan armLead = dice.Seconds(0.5, 10);
        TimeSpan margin = dice.Seconds(0.05, 0.5);
        TimeSpan beat = dice.Seconds(0.2, 1), storeTimeout = dice.Seconds(0.5, 2);
        TimeSpan retry = dice.Seconds(0.1, 2);
        return new ScheduledBotsOptions
        {
            ArmLead = armLead,
            StagingLead = armLead + dice.Seconds(0, dice.Pick(5, 30, 60)),
            StagingSpread = dice.Chance(0.3) ? TimeSpan.Zero : dice.Seconds(0, 20),
            AllocationTimeout = dice.Seconds(1, 20),
            MaxConcurrentAllocations = dice.Pick(2, 8, 64, int.MaxValue),
            StagingRetryDelay = retry,
            MaxStagingRetryDelay = retry + dice.Seconds(0, 10),
            StartMargin = margin,
            StartWindow = margin + dice.Seconds(0.5, 5),
            MisfireGrace = dice.Chance(0.1) ? TimeSpan.Zero : dice.Seconds(0.2, dice.Pick(5, 30, 60)),
            MaxConcurrentJoins = dice.Pick(3, 20, int.MaxValue, int.MaxValue),
            JoinTimeout = dice.Seconds(2, 40),
            MaxJoinAttempts = dice.Between(1, 4),
            MaxOwnedBots = dice.Pick(10, 50, int.MaxValue, int.MaxValue),
            Retention = dice.Chance(0.2) ? dice.Seconds(0, 30) : TimeSpan.FromDays(7),
            PruneInterval = dice.Seconds(5, 30),
            ClaimInterval = dice.Seconds(0.2, 1),
            MaxClockSkew = dice.Seconds(0.05, 0.25),
            BeatInterval = beat,
            StoreTimeout = storeTimeout,
            NodeTimeToLive = TimeSpan.FromSeconds(Math.Max(beat.TotalSeconds * 3, (beat + storeTimeout).TotalSeconds)) + dice.Seconds(0.01, 4),
            AmbiguityHold = dice.Chance(0.2) ? TimeSpan.Zero : dice.Seconds(0, 15),
            AmbiguityPolicy = dice.Pick(AmbiguityPolicy.Rejoin, AmbiguityPolicy.Rejoin, AmbiguityPolicy.Fail),
            PoisonLimit = dice.Between(2, 4),
            ReconcileInterval = dice.Seconds(0.5, 5),
        };
    }

    /// <summary>Engines that share a store may differ in everything but how they find each other dead and whose clock they believe.</summary>
    private static ScheduledBotsOptions MakeNext(ScheduledBotsOptions options, ScheduledBotsOptions next)
    {
        next.BeatInterval = options.BeatInterval;
        next.StoreTimeout = options.StoreTimeout;
        next.NodeTimeToLive = options.NodeTimeToLive;
        next.MaxClockSkew = options.MaxClockSkew;
        return next;
    }

    private static TimeSpan Later(TimeSpan left, TimeSpan right) => left > right ? left : right;

    private static MachinePlan MakeMachine(int number, Dice dice) =>
        new(number, dice.Seconds(-0.04, 0.04), dice.Between(-200, 200), dice.Between(-200, 200));

    private List<BotPlan> MakeBots(ScheduledBotsOptions options, Dice dice, bool calm, bool adHoc)
    {
        List<TimeSpan> herds = [.. Enumerable.Range(0, dice.Between(1, 4)).Select(_ => dice.Seconds(10, 145))];
        double inHerd = dice.Pick(0.1, 0.5, 0.9);
        double unkind = calm ? 0 : dice.Pick(0.0, 0.05, 0.3);
        double changed = calm ? 0 : dice.Pick(0.0, 0.1, 0.5);
        return [.. Enumerable.Range(0, botCount).Select(number => MakeBot(number, options, Dice.For(seed, $"bot {number}"), herds, inHerd, unkind, changed, adHoc))];
    }

    private BotPlan MakeBot(int number, ScheduledBotsOptions options, Dice dice, List<TimeSpan> herds, double inHerd, double unkind, double changed, bool adHoc)
    {
        TimeSpan joinAt = dice.Chance(inHerd) ? dice.Pick(herds.ToArray()) : dice.Seconds(3, 150);
        TimeSpan createAt = dice.Chance(0.5) ? dice.Seconds(0, 2) : dice.Seconds(0, Math.Max(0, joinAt.TotalSeconds - 1));
        var bot = new BotPlan
        {
            Number = number,
            Id = new BotId(dice.NextGuid()),
            CreateAt = createAt,
            Machine = dice.Between(0, machineCount - 1),
            // A few are asked for between two microseconds.
            JoinAt = dice.Chance(0.1) && adHoc ? null : joinAt + (number % 5 == 0 ? TimeSpan.FromTicks(number / 5 % 10) : TimeSpan.Zero),
            DeduplicationKey = dice.Chance(0.2) ? $"key {number / 3}" : null,
            IsPortable = dice.Chance(0.4),
            Allocations = [.. Enumerable.Range(0, dice.Chance(unkind) ? dice.Between(1, 4) : 1).Select(_ => MakeAllocation(options, dice, unkind))],
            Joins = [.. Enumerable.Range(0, dice.Chance(unkind) ? dice.Between(1, 4) : 1).Select(_ => MakeJoin(dice, unkind))],
            Acts = [.. Enumerable.Range(0, dice.Chance(changed) ? dice.Between(1, 5) : 0).Select(_ => MakeAct(dice, createAt, joinAt, options)).OrderBy(act => act.At)],
        };
        return WithAbort(bot, Dice.For(seed, $"abort of bot {number}"));
    }

    /// <summary>A bot that waits for another attempt can be aborted: some are, just as they begin to wait.</summary>
    private BotPlan WithAbort(BotPlan bot, Dice dice)
    {
        if (bot.JoinAt is not { } joinAt || bot.Joins[0] is not { Kind: JoinActKind.AsksAgain } first || !dice.Chance(0.5))
        {
            return bot;
        }

        TimeSpan at = joinAt + first.After + dice.Seconds(0, 0.12);
        var abort = new CallerAct(at < Faulty ? at : Faulty, dice.Between(0, machineCount - 1), CallerActKind.Abort, TimeSpan.Zero);
        return bot with { Acts = [.. bot.Acts.Append(abort).OrderBy(act => act.At)] };
    }

    private static AllocationAct MakeAllocation(ScheduledBotsOptions options, Dice dice, double unkind)
    {
        AllocationActKind kind = !dice.Chance(unkind)
            ? dice.Pick(AllocationActKind.Delivers, AllocationActKind.Delivers, AllocationActKind.DeliversAtOnce)
            : dice.Pick(
                AllocationActKind.Throws, AllocationActKind.ThrowsAtOnce, AllocationActKind.ReturnsNull, AllocationActKind.Hangs,
                AllocationActKind.StopsWhenCancelled, AllocationActKind.DeliversWhenCancelled, AllocationActKind.Delivers,
                dice.Chance(0.2) ? AllocationActKind.Kills : AllocationActKind.Throws);
        // One in a few is slow; slower than its time-out, it is given up and delivers late.
        return new AllocationAct(kind, dice.Chance(unkind) ? dice.Seconds(0, options.AllocationTimeout.TotalSeconds * 1.3) : dice.Seconds(0.01, 1));
    }

    private static JoinAct MakeJoin(Dice dice, double unkind)
    {
        JoinActKind kind = !dice.Chance(unkind)
            ? dice.Pick(JoinActKind.Joins, JoinActKind.Joins, JoinActKind.JoinsAtOnce)
            : dice.Pick(
                JoinActKind.Fails, JoinActKind.AsksAgain, JoinActKind.AsksAgain, JoinActKind.Throws, JoinActKind.ThrowsAtOnce,
                JoinActKind.ReturnsNull, JoinActKind.Hangs, JoinActKind.StopsWhenCancelled, JoinActKind.JoinsWhenCancelled,
                dice.Chance(0.2) ? JoinActKind.Kills : JoinActKind.Throws);
        return new JoinAct(kind, dice.Chance(0.2) ? dice.Seconds(0, 15) : dice.Seconds(0.001, 2));
    }

    private CallerAct MakeAct(Dice dice, TimeSpan createAt, TimeSpan joinAt, ScheduledBotsOptions options)
    {
        CallerActKind kind = dice.Pick(CallerActKind.Reschedule, CallerActKind.Reschedule, CallerActKind.Cancel, CallerActKind.Abort);
        // Most changes come where they meet the engine: around the staging time.
        TimeSpan around = joinAt - options.StagingLead + dice.Seconds(-options.StagingSpread.TotalSeconds - 1, options.StagingLead.TotalSeconds + 1);
        TimeSpan at = dice.Chance(0.7) ? around : createAt + dice.Seconds(0, 60);
        at = dice.Chance(0.2) ? joinAt + dice.Seconds(0, 4) : at;
        at = at < createAt ? createAt + dice.Seconds(0.01, 3) : at;
        return new CallerAct(at < Faulty ? at : Faulty, dice.Between(0, machineCount - 1), kind, dice.Seconds(dice.Pick(-1.0, 0.01, 5.0), 60));
    }

    private List<Fault> MakeFaults(Dice dice) => [.. Enumerable.Range(0, dice.Pick(1, 3, 8)).Select(_ => MakeFault(dice)).OrderBy(fault => fault.From)];

    private Fault MakeFault(Dice dice)
    {
        TimeSpan from = dice.Seconds(0, Faulty.TotalSeconds - 1);
        TimeSpan until = from + dice.Seconds(0.01, dice.Pick(0.5, 3, 10, 40));
        until = until < Faulty ? until : Faulty;
        int machine = dice.Between(0, machineCount - 1);
        return dice.Between(-2, 7) switch
        {
            < 0 => new Fault.Kill(from, until, machine),
            0 => new Fault.Partition(from, until, machine),
            1 => new Fault.LostAnswers(from, until, machine),
            2 => new Fault.Flaky(from, until, machine, dice.Pick(0, 0.1, 0.5), dice.Pick(0, 0.1, 0.5)),
            3 => new Fault.Outage(from, until, dice.Chance(0.5)),
            4 => new Fault.Slow(from, until, dice.Seconds(0.05, 1.4)),
            5 => new Fault.Restart(from, until, machine, dice.Chance(0.5)),
            6 => new Fault.Freeze(from, until, machine),
            _ => new Fault.ClockStep(from, until, machine, StepBy(dice), dice.Chance(0.5)),
        };
    }

    private static TimeSpan StepBy(Dice dice) =>
        dice.Seconds(0.01, dice.Pick(0.3, 5, 3600)) * dice.Pick(-1, 1);
}
