namespace ScheduledBots.Tests.Hazards;

/// <summary>What one call of the host's code does instead of its duty.</summary>
public enum Misdeed
{
    ThrowsAtOnce,
    ThrowsLater,
    ReturnsANullTask,
    ReturnsNull,
    ThrowsThatItWasCancelled,
    ReturnsACancelledTask,
    ThrowsWithoutWords,
    SpeaksHalfCharacters,
    LeavesAContextBehind,
    Hangs,
    HangsAndThrowsWhenCancelled,
    HangsAndBlocksWhenCancelled,
    HangsUntilCancelled,
}
