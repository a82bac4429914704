namespace QuickStart;

/// <summary>The command line asks for something that there is not; the message says what was found, what was wanted and the cure.</summary>
internal sealed class UsageException(string message) : Exception(message);
