using ScheduledBots.Lifecycle;

namespace ScheduledBots.Testing;

/// <summary>Walks one bot through its states, as choices from 0 to 99 tell; when they run out it takes the straight way to the end.</summary>
internal static class LifeWalk
{
    private static readonly NodeId Node = new(Guid.Parse("01900000-0000-7000-8000-000000000001"));

    private static readonly NodeId Successor = new(Guid.Parse("01900000-0000-7000-8000-000000000002"));

    public static IReadOnlyList<Bot> From(BotRequest request, DateTimeOffset now, IEnumerable<int> choices)
    {
        Bot bot = Bot.FromSnapshot(new BotSnapshot
        {
            Id = request.Id!.Value,
            Tenant = request.Tenant,
            CreatedAt = now,
            MeetingUrl = request.MeetingUrl.AbsoluteUri,
            Name = request.Name,
            Metadata = request.Metadata,
            JoinAt = request.JoinAt!.Value,
        });
        List<Bot> life = [bot];
        foreach (int choice in choices.Concat(Enumerable.Repeat(99, int.MaxValue)))
        {
            if (bot.IsSettled)
            {
                break;
            }

            life.Add(bot = Next(bot, choice));
        }

        return life;
    }

    private static Bot Next(Bot bot, int choice) => (bot, choice) switch
    {
        (ScheduledBot scheduled, < 5) => scheduled.Cancel(scheduled.CreatedAt.AddSeconds(1)),
        (ScheduledBot scheduled, < 15) => scheduled.Reschedule(scheduled.JoinAt.AddMinutes(1), scheduled.CreatedAt),
        (ScheduledBot { Owner: null } scheduled, _) => scheduled.ClaimedBy(Node),
        (ScheduledBot scheduled, < 25) => scheduled.RetryStaging(scheduled.JoinAt, new Failure(FailureReason.StagingFailed, "no room")),
        (ScheduledBot scheduled, < 30) => scheduled.HandBack(),
        (ScheduledBot scheduled, < 35) => scheduled.Fail(new Failure(FailureReason.Missed), scheduled.JoinAt.AddHours(1)),
        (ScheduledBot scheduled, _) => scheduled.Stage(new ResourceHandle("resource", IsPortable: false)),
        (StagedBot { ArmedUntil: null, Attempt: 0 } staged, < 10) => staged.Abort(staged.JoinAt.AddMinutes(-1)),
        (StagedBot { ArmedUntil: null } staged, _) => staged.Arm(staged.JoinAt.AddSeconds(5)),
        (StagedBot staged, < 5) => staged.Fail(new Failure(FailureReason.Missed), staged.JoinAt.AddHours(1)),
        (StagedBot staged, _) => staged.Join(staged.JoinAt.AddMilliseconds(choice)),
        (JoiningBot { ArmedUntil: null } adopted, _) => adopted.Stage(new ResourceHandle("another resource", IsPortable: false)),
        (JoiningBot joining, >= 45 and < 55) => joining.AdoptedBy(Successor, crashed: true),
        (JoiningBot joining, < 20) => joining.Fail(new Failure(FailureReason.JoinFailed, "refused"), joining.StartedAt.AddSeconds(1)),
        (JoiningBot joining, < 45) => joining.Retry(joining.StartedAt.AddSeconds(10), new Failure(FailureReason.JoinFailed, "lobby")),
        (JoiningBot joining, _) => joining.Joined(joining.StartedAt.AddSeconds(1)),
        _ => bot,
    };
}
