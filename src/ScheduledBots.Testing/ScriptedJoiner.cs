using ScheduledBots.Extensibility;

namespace ScheduledBots.Testing;

/// <summary>A joiner that does as it is told.</summary>
/// <param name="time">The time its calls take: the host's <see cref="TestSchedulerHost.Time"/>, or any other.</param>
/// <remarks>Thread-safe.</remarks>
public sealed class ScriptedJoiner(TimeProvider time) : IMeetingJoiner
{
    /// <summary>Says what a call does. The first says joined at once.</summary>
    public Func<JoinAttempt, JoinScript> Script { get; set; } = _ => JoinScript.Joins();

    /// <summary>Plays one script after another, whichever bot the call is for; the last one over and over.</summary>
    /// <param name="scripts">At least one.</param>
    public void Play(params IReadOnlyList<JoinScript> scripts)
    {
        ArgumentOutOfRangeException.ThrowIfZero(scripts?.Count ?? 0, nameof(scripts));
        int number = -1;
        Script = _ => scripts![Math.Min(Interlocked.Increment(ref number), scripts.Count - 1)];
    }

    /// <inheritdoc/>
    public Task<JoinResult> JoinAsync(JoinAttempt attempt, CancellationToken cancellationToken)
    {
        JoinScript script = Script(attempt);
        return script.After == TimeSpan.Zero ? Task.FromResult(script.Result()) : TakeTimeAsync(script, cancellationToken);
    }

    private async Task<JoinResult> TakeTimeAsync(JoinScript script, CancellationToken cancellationToken)
    {
        await Task.Delay(script.After, time, script.IgnoresCancellation ? CancellationToken.None : cancellationToken);
        return script.Result();
    }
}
