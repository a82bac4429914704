namespace ScheduledBots.Tests.Timing;

internal enum WheelStepKind
{
    Schedule,
    Cancel,
    CancelEarliest,
    ScheduleHerd,
    Reschedule,
    Advance,
    AdvanceToNext,
    Ask,
}
