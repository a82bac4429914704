namespace ScheduledBots.Tests.Timing;

internal enum WheelStepKind
{
    Schedule,
    Cancel,
    Reschedule,
    Advance,
    AdvanceToNext,
}
