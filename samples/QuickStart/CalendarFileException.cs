namespace QuickStart;

/// <summary>The file gives nothing to replay; the message says what was found, what was wanted and the cure.</summary>
internal sealed class CalendarFileException(string message) : Exception(message);
