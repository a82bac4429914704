namespace ScheduledBots.Simulation.Checking;

/// <summary>All of them.</summary>
internal static class Checkers
{
    public static IReadOnlyList<Checker> All { get; } =
    [
        new OneCallAnAttempt(),
        new NumbersGrow(),
        new CallsAreWithinTheWindow(),
        new AttemptsFollowOneAnother(),
        new PossiblyStartedIsTold(),
        new NeverEarly(),
        new TheStoppedAreNotCalled(),
        new OnlyLegalTransitions(),
        new OnlyTheOwnerWrites(),
        new AllocationsAreMatched(),
        new LimitsHold(),
        new OneUnsettledBotAKey(),
        new TheHoldIsKept(),
        new TheTrustedLive(),
        new TheArmedAreStaged(),
        new NobodyIsForgotten(),
        new EveryBotSettles(),
        new Punctual(),
        new NobodyIsBuriedAlive(),
        new TheIdleAreReplaced(),
        new NobodyStaysDead(),
        new ResultsCount(),
        new NothingFalters(),
    ];

    public static List<Violation> Check(Evidence evidence) =>
        [.. All.SelectMany(checker => checker.Check(evidence)).OrderBy(violation => violation.At)];
}
