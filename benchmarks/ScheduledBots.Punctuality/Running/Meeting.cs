using System.Globalization;
using ScheduledBots.Extensibility;
using ScheduledBots.Lifecycle;
using ScheduledBots.Measuring;

namespace ScheduledBots.Punctuality.Running;

/// <summary>Host code that does nothing but look at the clock: what is measured is how late it is called.</summary>
internal sealed class Meeting(Arrivals arrivals) : IResourceAllocator, IMeetingJoiner
{
    private static readonly Task<JoinResult> Joined = Task.FromResult(JoinResult.Joined());
    private static readonly Task<Allocation> Seat = Task.FromResult(new Allocation("seat"));

    /// <summary>Bots are named by their place in the list of instants.</summary>
    public static string NameOf(int index) => index.ToString(CultureInfo.InvariantCulture);

    public Task<Allocation> AllocateAsync(Bot bot, Fence fence, CancellationToken cancellationToken) => Seat;

    public Task ReleaseAsync(Bot bot, Fence fence, Allocation allocation, CancellationToken cancellationToken) => Task.CompletedTask;

    public Task<JoinResult> JoinAsync(JoinAttempt attempt, CancellationToken cancellationToken)
    {
        long now = DateTime.UtcNow.Ticks;
        arrivals.Record(int.Parse(attempt.Bot.Name, CultureInfo.InvariantCulture), now);
        return Joined;
    }
}
