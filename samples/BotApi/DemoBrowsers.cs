using ScheduledBots.Extensibility;
using ScheduledBots.Lifecycle;

namespace BotApi;

/// <summary>Stands in for browsers: starting one takes a moment, joining says so on the log. Replace it by your own.</summary>
internal sealed partial class DemoBrowsers(TimeProvider timeProvider, ILogger<DemoBrowsers> log) : IResourceAllocator, IMeetingJoiner
{
    public async Task<Allocation> AllocateAsync(Bot bot, Fence fence, CancellationToken cancellationToken)
    {
        await Task.Delay(TimeSpan.FromMilliseconds(300), timeProvider, cancellationToken);
        return new Allocation($"browser for {bot.Id} under fence {fence}");
    }

    public Task ReleaseAsync(Bot bot, Fence fence, Allocation allocation, CancellationToken cancellationToken) => Task.CompletedTask;

    public Task<JoinResult> JoinAsync(JoinAttempt attempt, CancellationToken cancellationToken)
    {
        Joining(log, attempt.Bot.Id, attempt.Lateness.TotalMilliseconds);
        return Task.FromResult(JoinResult.Joined());
    }

    [LoggerMessage(1, LogLevel.Information, "Bot {Id} joins, {LatenessMilliseconds:F3} ms after its instant.")]
    private static partial void Joining(ILogger log, BotId id, double latenessMilliseconds);
}
