using ScheduledBots.Extensibility;

namespace TestingExample;

/// <summary>A host's joiner: it takes three seconds to open a door, and walks through it.</summary>
public sealed class RoomJoiner(TimeProvider time, Doors doors) : IMeetingJoiner
{
    public async Task<JoinResult> JoinAsync(JoinAttempt attempt, CancellationToken cancellationToken)
    {
        await Task.Delay(TimeSpan.FromSeconds(3), time, cancellationToken);
        doors.Entered[attempt.Bot.Id] = attempt.Bot.MeetingUrl;
        return JoinResult.Joined();
    }
}
