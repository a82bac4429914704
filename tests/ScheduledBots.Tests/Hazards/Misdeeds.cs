namespace ScheduledBots.Tests.Hazards;

/// <summary>Every misdeed as code, for calls of any result.</summary>
internal static class Misdeeds
{
    /// <summary>Only the time-out ends these.</summary>
    public static bool Hangs(this Misdeed misdeed) => misdeed >= Misdeed.Hangs;

    /// <param name="misdeed">What to do.</param>
    /// <param name="gate">Blocks what blocks until the test ends.</param>
    /// <param name="cancellationToken">The call's token.</param>
    public static Task<T>? Do<T>(this Misdeed misdeed, ManualResetEventSlim gate, CancellationToken cancellationToken)
        where T : class
    {
        var never = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        switch (misdeed)
        {
            case Misdeed.ThrowsAtOnce: throw new InvalidOperationException("misdeed");
            case Misdeed.ThrowsLater: return ThrowLater<T>();
            case Misdeed.ReturnsANullTask: return null;
            case Misdeed.ReturnsNull: return Task.FromResult<T>(null!);
            case Misdeed.ThrowsThatItWasCancelled: throw new OperationCanceledException("misdeed");
            case Misdeed.ReturnsACancelledTask: return Task.FromCanceled<T>(new CancellationToken(true));
            case Misdeed.ThrowsWithoutWords: throw new WordlessException();
            case Misdeed.SpeaksHalfCharacters: throw new InvalidOperationException("\uD83E and \0");
            case Misdeed.LeavesAContextBehind:
                SynchronizationContext.SetSynchronizationContext(new DeadContext());
                return ThrowLater<T>();
            case Misdeed.Hangs: return never.Task;
            case Misdeed.HangsAndThrowsWhenCancelled:
                cancellationToken.Register(() => throw new InvalidOperationException("misdeed"));
                return never.Task;
            case Misdeed.HangsAndBlocksWhenCancelled:
                cancellationToken.Register(gate.Wait);
                return never.Task;
            case Misdeed.HangsUntilCancelled:
                cancellationToken.Register(() => never.TrySetCanceled(cancellationToken));
                return never.Task;
            default: throw new ArgumentOutOfRangeException(nameof(misdeed));
        }
    }

    private static async Task<T> ThrowLater<T>()
    {
        await Task.Delay(1, CancellationToken.None).ConfigureAwait(false);
        throw new InvalidOperationException("misdeed");
    }

    private sealed class WordlessException : Exception
    {
        public override string Message => throw new InvalidOperationException("no words");
    }

    /// <summary>Takes work and never does it.</summary>
    private sealed class DeadContext : SynchronizationContext
    {
        public override void Post(SendOrPostCallback d, object? state)
        {
            // That is its misdeed.
        }
    }
}
