namespace TwoNodes;

/// <summary>The sample cannot run like this; the message says what was found, what was wanted and the cure.</summary>
internal sealed class UsageException(string message) : Exception(message);
