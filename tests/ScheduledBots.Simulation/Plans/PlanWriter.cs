using System.Globalization;
using System.Text;
using ScheduledBots.Configuration;

namespace ScheduledBots.Simulation.Plans;

/// <summary>Says in words what a plan holds; small plans bot by bot.</summary>
internal static class PlanWriter
{
    private const int MostBotsInFull = 5;

    public static string Write(Plan plan)
    {
        var text = new StringBuilder();
        text.AppendLine(CultureInfo.InvariantCulture, $"seed {plan.Seed}: {plan.Machines.Count} nodes, {plan.Bots.Count} bots, {plan.Faults.Count} faults, healed at {plan.HealAt}, ended at {plan.EndAt}");
        Write(text, plan.Options);
        text.AppendLine(CultureInfo.InvariantCulture, $"  latency {plan.Latency.Least} to {plan.Latency.Most}, threads wait up to {plan.Hesitation}");
        if (plan.NextOptions is { } next && plan.Faults.Any(fault => fault is Fault.Upgrade))
        {
            text.AppendLine("  after the upgrade:");
            Write(text, next);
        }

        foreach (MachinePlan machine in plan.Machines)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"  {machine}");
        }

        for (int i = 0; i < plan.Faults.Count; i++)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"  {plan.Faults[i]}");
        }

        foreach (BotPlan bot in plan.Bots.Count <= MostBotsInFull ? plan.Bots : [])
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"  bot {bot.Number}: created at {bot.CreateAt} on {bot.Machine}, joins at {bot.JoinAt?.ToString() ?? "once"}, key {bot.DeduplicationKey ?? "none"}, {(bot.IsPortable ? "portable" : "local")}");
            text.AppendLine(CultureInfo.InvariantCulture, $"    allocations: {string.Join(", ", bot.Allocations.Select(act => $"{act.Kind} after {act.After}"))}; joins: {string.Join(", ", bot.Joins.Select(act => $"{act.Kind} after {act.After}"))}");
            text.AppendLine(CultureInfo.InvariantCulture, $"    callers: {string.Join(", ", bot.Acts.Select(act => $"{act.Kind} at {act.At} on {act.Machine}{(act.Kind == CallerActKind.Reschedule ? $" to {act.Lead} ahead" : "")}"))}");
        }

        return text.ToString();
    }

    private static void Write(StringBuilder text, ScheduledBotsOptions o)
    {
        text.AppendLine(CultureInfo.InvariantCulture, $"  staging lead {o.StagingLead} spread {o.StagingSpread} time-out {o.AllocationTimeout} retry {o.StagingRetryDelay} to {o.MaxStagingRetryDelay} at once {Limit(o.MaxConcurrentAllocations)}");
        text.AppendLine(CultureInfo.InvariantCulture, $"  arm lead {o.ArmLead} window {o.StartWindow} margin {o.StartMargin} grace {o.MisfireGrace} claim interval {o.ClaimInterval} clock skew {o.MaxClockSkew}");
        text.AppendLine(CultureInfo.InvariantCulture, $"  join time-out {o.JoinTimeout} attempts {o.MaxJoinAttempts} at once {Limit(o.MaxConcurrentJoins)} owned {Limit(o.MaxOwnedBots)} retention {o.Retention}");
        text.AppendLine(CultureInfo.InvariantCulture, $"  beat {o.BeatInterval} time to live {o.NodeTimeToLive} hold {o.AmbiguityHold} then {o.AmbiguityPolicy}, poison limit {o.PoisonLimit}, reconciled every {o.ReconcileInterval}, store time-out {o.StoreTimeout}");
    }

    private static string Limit(int limit) => limit == int.MaxValue ? "unlimited" : limit.ToString(CultureInfo.InvariantCulture);
}
