namespace ScheduledBots.Simulation.World;

/// <summary>One statement and the task of whoever waits for it.</summary>
internal sealed class StoreCall<T>
{
    private readonly Func<T> _apply;
    private readonly Action? _begin;
    private readonly TaskCompletionSource<T> _answer = new();
    private readonly CancellationTokenRegistration _cancellation;

    public StoreCall(Func<T> apply, Action? begin, CancellationToken cancellationToken)
    {
        _apply = apply;
        _begin = begin;
        _cancellation = cancellationToken.UnsafeRegister(static (call, token) => ((StoreCall<T>)call!)._answer.TrySetCanceled(token), this);
    }

    public Task<T> Task => _answer.Task;

    /// <summary>Lets it read what it will write.</summary>
    /// <returns>Whether it does so at all, and may find something else when it writes.</returns>
    public bool Begin()
    {
        _begin?.Invoke();
        return _begin is not null;
    }

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
