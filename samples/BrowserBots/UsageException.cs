namespace BrowserBots;

/// <summary>What was asked for, or what is installed, is not enough; the message says what was found, what was wanted and the cure.</summary>
internal sealed class UsageException(string message) : Exception(message);
