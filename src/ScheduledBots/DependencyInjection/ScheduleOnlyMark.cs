namespace ScheduledBots.DependencyInjection;

/// <summary>Registered under a scheduler's name when that scheduler runs no engine.</summary>
internal sealed class ScheduleOnlyMark;
