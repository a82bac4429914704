using System.Globalization;
using ScheduledBots.Extensibility;
using ScheduledBots.Lifecycle;

namespace ScheduledBots.Measuring;

/// <summary>Host code that does nothing but look at the clock: what is measured is how late it is called.</summary>
/// <param name="entered">Is told which bot's joiner was called, by its place in the list of instants, and when, in ticks of the wall clock.</param>
public sealed class Meeting(Action<int, long> entered) : IResourceAllocator, IMeetingJoiner
{
    private static readonly Uri Url = new("https://meet.example.com/bench");
    private static readonly Task<JoinResult> Joined = Task.FromResult(JoinResult.Joined());
    private static readonly Task<Allocation> Seat = Task.FromResult(new Allocation("seat"));

    /// <summary>A request for a bot, which is named by its place in the list of instants. It has an id, so that it can be repeated.</summary>
    public static BotRequest Request(int index, DateTimeOffset joinAt) => new()
    {
        Id = BotId.New(DateTimeOffset.UtcNow), MeetingUrl = Url, Name = index.ToString(CultureInfo.InvariantCulture), JoinAt = joinAt,
    };

    public Task<Allocation> AllocateAsync(Bot bot, Fence fence, CancellationToken cancellationToken) => Seat;

    public Task ReleaseAsync(Bot bot, Fence fence, Allocation allocation, CancellationToken cancellationToken) => Task.CompletedTask;

    public Task<JoinResult> JoinAsync(JoinAttempt attempt, CancellationToken cancellationToken)
    {
        long now = DateTime.UtcNow.Ticks;
        entered(int.Parse(attempt.Bot.Name, CultureInfo.InvariantCulture), now);
        return Joined;
    }
}
