namespace ScheduledBots.Simulation.World;

/// <summary>One statement and the task of whoever waits for it.</summary>
internal sealed class StoreCall<T>
{
    private readonly Func<T> _apply;
    private readonly TaskCompletionSource<T> _answer = new();
    private readonly CancellationTokenRegistration _cancellation;

    public StoreCall(Func<T> apply, CancellationToken cancellationToken)
    {
        _apply = apply;
        _cancellation = cancellationToken.UnsafeRegister(static (call, token) => ((StoreCall<T>)call!)._answer.TrySetCanceled(token), this);
    }

    public Task<T> Task => _answer.Task;

    public T Apply() => _apply();

    public void Complete(T answer)
    {
        _cancellation.Unregister();
        _answer.TrySetResult(answer);
    }

    public void Fail(Exception error)
    {
        _cancellation.Unregister();
        _answer.TrySetException(error);
    }
}
