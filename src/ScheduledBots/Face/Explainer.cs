using System.Diagnostics;
using ScheduledBots.Configuration;
using ScheduledBots.Execution;
using ScheduledBots.Lifecycle;
using ScheduledBots.Planning;
using ScheduledBots.Storage;

namespace ScheduledBots.Face;

/// <summary>
/// Says why a bot is where it is: from its row, the options, and the facts the engine's steps show. The agenda itself is
/// never asked; it is the loop's alone.
/// </summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class Explainer(IBotStore store, EngineClock clock, EngineFacts facts, ScheduledBotsOptions options)
{
    public async Task<BotExplanation> ExplainAsync(BotId id, TenantScope scope, CancellationToken cancellationToken)
    {
        BotSnapshot? found = await store.FindAsync(id, cancellationToken).ConfigureAwait(false);
        if (found is null || !scope.Sees(found))
        {
            throw new BotNotFoundException(id);
        }

        Bot bot = Bot.FromSnapshot(found);
        DateTimeOffset now = clock.Now;
        DateTimeOffset stagingAt = StagingTime.Of(bot, options);
        (ExplanationReason reason, string sentence, DateTimeOffset? endsAt) = bot switch
        {
            { IsSettled: true } => (ExplanationReason.Settled, Settled(bot, found.SettledAt), null),
            { NotBefore: { } notBefore } when notBefore > now => BackOff(bot, notBefore),
            _ when IsAllocating(bot, now) => (ExplanationReason.Allocating,
                $"The allocator is working for it; after {options.AllocationTimeout} it would be given up and tried again.", null),
            ScheduledBot => Scheduled(bot, stagingAt, now),
            _ when bot.StatusAt(now) == BotStatus.Joining => Joining(bot),
            StagedBot staged => Staged(staged),
            _ => throw new UnreachableException($"{bot} has no explanation"),
        };
        return new BotExplanation
        {
            Id = id,
            Status = bot.StatusAt(now),
            Reason = reason,
            Sentence = sentence,
            AskedAt = now,
            StagingAt = stagingAt,
            JoinAt = bot.JoinAt,
            EndsAt = endsAt,
            LastFailure = bot.LastFailure?.Reason,
        };
    }

    private static string Settled(Bot bot, DateTimeOffset? settledAt) => bot is FailedBot failed
        ? $"It failed at {settledAt:O}: {failed.Reason}."
        : $"It is {bot.Status} since {settledAt:O}.";

    private static (ExplanationReason, string, DateTimeOffset?) BackOff(Bot bot, DateTimeOffset notBefore) =>
        (ExplanationReason.BackOff, $"The last try failed ({bot.LastFailure?.Reason.ToString() ?? "for no known reason"}); the next one waits until {notBefore:O}.", notBefore);

    /// <summary>An engine here shows it by its step, one elsewhere by its mark in the row.</summary>
    private bool IsAllocating(Bot bot, DateTimeOffset now) =>
        bot.StatusAt(now) is BotStatus.Scheduled or BotStatus.Staged
        && (bot as StagedBot)?.StagedFence != bot.Fence
        && (facts.IsAllocating(bot) || bot.AllocatingFence == bot.Fence);

    private (ExplanationReason, string, DateTimeOffset?) Scheduled(Bot bot, DateTimeOffset stagingAt, DateTimeOffset now)
    {
        if (facts.Node is not { } node)
        {
            return bot.Owner is { } elsewhere
                ? (ExplanationReason.AtAnotherNode, $"Node {elsewhere} works for it; no engine runs here.", null)
                : (ExplanationReason.NoEngine,
                    $"No engine runs on this scheduler: it was not started, was stopped, or only schedules. Staging is due at {stagingAt:O}; start an engine before.", null);
        }

        if (now < stagingAt)
        {
            return (ExplanationReason.TooEarly, $"It is too early: staging begins at {stagingAt:O}, ahead of the join at {bot.JoinAt:O}.", stagingAt);
        }

        return bot.Owner is { } owner && owner != node
            ? (ExplanationReason.AtAnotherNode, $"Node {owner} works for it; ask there how far it is.", null)
            : (ExplanationReason.WaitingForCapacity, bot.Owner is null
                ? $"Staging was due at {stagingAt:O}, but no engine has taken it yet; an engine takes at most {options.MaxOwnedBots} bots."
                : $"Staging was due at {stagingAt:O}; it waits for one of {options.MaxConcurrentAllocations} concurrent allocations.", null);
    }

    private (ExplanationReason, string, DateTimeOffset?) Joining(Bot bot) => bot is StagedBot && bot.Owner is { } owner && owner == facts.Node && !facts.IsJoining(bot)
        ? (ExplanationReason.WaitingForCapacity, $"It was due at {bot.JoinAt:O}; it waits for one of {options.MaxConcurrentJoins} concurrent joins.", null)
        : (ExplanationReason.Joining, $"Its joiner runs, or may run, since {bot.JoinAt:O} or soon after; this is attempt {bot.Attempt}.", null);

    private (ExplanationReason, string, DateTimeOffset?) Staged(StagedBot bot)
    {
        if (bot.ArmedUntil is not null)
        {
            return (ExplanationReason.Armed, $"It is armed and joins at {bot.JoinAt:O}; it can no longer be stopped.", bot.JoinAt);
        }

        DateTimeOffset armAt = bot.JoinAt - options.ArmLead;
        return facts.Node is null && bot.Owner is null
            ? (ExplanationReason.NoEngine, $"Its resources are allocated, but no engine runs on this scheduler to join at {bot.JoinAt:O}; start one before.", null)
            : (ExplanationReason.Staged, $"Its resources are allocated; it is armed from {armAt:O} on and joins at {bot.JoinAt:O}.", armAt);
    }
}
