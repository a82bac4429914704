namespace ScheduledBots.Chaos.Judging;

/// <summary>One call of the joiner, as its process witnessed it.</summary>
/// <param name="Began">The line it wrote first.</param>
/// <param name="EndedTimestamp">When it ended, or at the latest its process; the greatest number where neither is known.</param>
/// <param name="Process">Whose call it was.</param>
internal sealed record JoinerCall(WitnessLine Began, long EndedTimestamp, string Process)
{
    public TimeSpan Lateness => Began.WallAt - Began.JoinAt;
}
