using ScheduledBots.Extensibility;

namespace Docs;

internal sealed class MachineJoiner(IMachineCloud cloud) : IMeetingJoiner
{
    public async Task<JoinResult> JoinAsync(JoinAttempt attempt, CancellationToken cancellationToken)
    {
        if (attempt.PossiblyStarted && await cloud.IsInMeetingAsync(attempt.Bot.Id.Value, cancellationToken))
        {
            return JoinResult.Joined(); // an earlier attempt got in, and nobody heard of it
        }

        var order = new MachineOrder(
            attempt.Bot.MeetingUrl, attempt.Bot.Name, IdempotencyKey: $"{attempt.Bot.Id}/{attempt.Attempt}", attempt.Fence.Value);
        MeetingAnswer answer = await cloud.JoinAsync(attempt.Allocation.Handle, order, cancellationToken);
        return answer switch
        {
            MeetingAnswer.Admitted => JoinResult.Joined(),
            MeetingAnswer.NotOpenYet => JoinResult.Retry(TimeSpan.FromSeconds(20), "the meeting is not open yet"),
            _ => JoinResult.Failed("the host of the meeting refused the bot"),
        };
    }
}
