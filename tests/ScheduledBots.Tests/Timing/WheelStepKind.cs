namespace ScheduledBots.Tests.Timing;

internal enum WheelStepKind
{
    Schedule,
    Cancel,
    CancelEarliest,
    CancelHerd,
    ScheduleHerd,
    Reschedule,
    Advance,
    AdvanceToNext,
    Ask,
}
