using System.Collections.Concurrent;
using ScheduledBots.Extensibility;
using ScheduledBots.Lifecycle;

namespace QuickStart;

/// <summary>
/// Stands in for browsers and meetings: allocating takes a moment, like starting a browser, and joining notes the wall
/// clock as its first act.
/// </summary>
internal sealed class DemoMeetings(TimeProvider timeProvider) : IResourceAllocator, IMeetingJoiner
{
    private readonly ConcurrentDictionary<BotId, TimeSpan> _lateness = new();

    /// <summary>How late a bot was that joined, on the wall clock; negative would be early. Of a bot that an earlier process joined the store tells it.</summary>
    public TimeSpan? LatenessOf(Bot bot) => bot is not JoinedBot joined ? null : _lateness.TryGetValue(bot.Id, out TimeSpan late) ? late : joined.Lateness;

    public async Task<Allocation> AllocateAsync(Bot bot, Fence fence, CancellationToken cancellationToken)
    {
        await Task.Delay(TimeSpan.FromMilliseconds(200 + (bot.Id.GetHashCode() & 127)), timeProvider, cancellationToken);
        return new Allocation($"browser for {bot.Id} under fence {fence}");
    }

    public Task ReleaseAsync(Bot bot, Fence fence, Allocation allocation, CancellationToken cancellationToken) => Task.CompletedTask;

    public Task<JoinResult> JoinAsync(JoinAttempt attempt, CancellationToken cancellationToken)
    {
        _lateness[attempt.Bot.Id] = timeProvider.GetUtcNow() - attempt.Bot.JoinAt;
        return Task.FromResult(JoinResult.Joined());
    }
}
