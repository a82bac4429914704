using ScheduledBots.Extensibility;

namespace ScheduledBots.Testing.Virtual;

/// <summary>The host's joiner, with every call written down.</summary>
internal sealed class RecordingJoiner(IMeetingJoiner inner, HostRecord record) : IMeetingJoiner
{
    public Task<JoinResult> JoinAsync(JoinAttempt attempt, CancellationToken cancellationToken) =>
        record.JoinAsync(attempt, () => inner.JoinAsync(attempt, cancellationToken));
}
