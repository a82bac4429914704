using System.Reflection;
using ScheduledBots.Storage;

namespace ScheduledBots.Tests.Face;

/// <summary>A store before another one, whose answers a test may change.</summary>
public class StoreProxy : DispatchProxy
{
    private IBotStore _store = null!;
    private Func<string, object?[], Func<object?>, object?> _handle = null!;

    /// <summary>Puts a handler before a store.</summary>
    /// <param name="store">The store.</param>
    /// <param name="handle">Gets the name of the verb, its arguments, and what calls the store; returns the answer.</param>
    public static IBotStore Over(IBotStore store, Func<string, object?[], Func<object?>, object?> handle)
    {
        var proxy = Create<IBotStore, StoreProxy>();
        ((StoreProxy)(object)proxy)._store = store;
        ((StoreProxy)(object)proxy)._handle = handle;
        return proxy;
    }

    /// <inheritdoc/>
    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) =>
        _handle(targetMethod!.Name, args ?? [], () => targetMethod.Invoke(_store, args));
}
