using ScheduledBots.Configuration;
using ScheduledBots.Lifecycle;
using ScheduledBots.Simulation.History;

namespace ScheduledBots.Simulation.Checking;

internal sealed class LimitsHold : Checker
{
    /// <summary>A call that is given up frees its slot at once, and hears of it and ends a moment later.</summary>
    private static readonly long Moment = TimeSpan.FromMilliseconds(50).Ticks;

    public override string Name => "I11";

    public override string Sentence => "The limits of concurrent allocations and joins hold at every instant.";

    public override IEnumerable<Violation> Check(Evidence evidence) =>
        Check(evidence, options => options.MaxConcurrentAllocations, isJoin: false)
            .Concat(Check(evidence, options => options.MaxConcurrentJoins, isJoin: true));

    private IEnumerable<Violation> Check(Evidence evidence, Func<ScheduledBotsOptions, int> limitOf, bool isJoin)
    {
        Dictionary<int, int> running = [];
        foreach ((int process, BotId bot, long at, int change) in EdgesOf(evidence, isJoin))
        {
            int count = running[process] = running.GetValueOrDefault(process) + change;
            int limit = limitOf(evidence.OptionsOf(process));
            if (count > limit)
            {
                yield return Violates(at, bot, $"{count} {(isJoin ? "joins" : "allocations")} at once in p{process}; {limit} are allowed");
            }
        }
    }

    private static IEnumerable<(int Process, BotId Bot, long At, int Change)> EdgesOf(Evidence evidence, bool isJoin)
    {
        List<(int Process, BotId Bot, long At, int Change)> edges = [];
        Dictionary<(int, BotId, Fence), long> begun = [];
        foreach (Entry entry in evidence.Entries)
        {
            switch (entry)
            {
                case Entry.Allocating { Attach: false } call when !isJoin: Begin(call.Process, call.Bot, call.Fence, call.At); break;
                case Entry.Allocated call when !isJoin: End(call.Process, call.Bot, call.Fence, call.At - Moment); break;
                case Entry.Joining call when isJoin: Begin(call.Process, call.Attempt.Bot.Id, call.Attempt.Fence, call.At); break;
                case Entry.Joined call when isJoin: End(call.Process, call.Bot, call.Fence, call.At - Moment); break;
                case Entry.Cancelled call when call.IsJoin == isJoin: End(call.Process, call.Bot, call.Fence, call.At - Moment); break;
                default: break;
            }
        }

        // Stable: what ends at an instant ended before what begins then.
        return edges.OrderBy(edge => edge.At).ThenBy(edge => edge.Change);

        void Begin(int process, BotId bot, Fence fence, long at) => begun[(process, bot, fence)] = at;

        void End(int process, BotId bot, Fence fence, long at)
        {
            if (begun.Remove((process, bot, fence), out long since) && at > since)
            {
                edges.Add((process, bot, since, 1));
                edges.Add((process, bot, at, -1));
            }
        }
    }
}
