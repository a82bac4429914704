using ScheduledBots.Extensibility;

namespace TestingExample;

/// <summary>The same with a mistake: one joiner serves every bot, and this one keeps the door of the last in a field.</summary>
public sealed class ForgetfulJoiner(TimeProvider time, Doors doors) : IMeetingJoiner
{
    private string _door = "";

    public async Task<JoinResult> JoinAsync(JoinAttempt attempt, CancellationToken cancellationToken)
    {
        _door = attempt.Bot.MeetingUrl;
        await Task.Delay(TimeSpan.FromSeconds(3), time, cancellationToken);
        doors.Entered[attempt.Bot.Id] = _door;
        return JoinResult.Joined();
    }
}
