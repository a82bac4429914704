using System.Reflection;
using ScheduledBots.Storage;

namespace ScheduledBots.Tests.Diagnostics;

/// <summary>A store that fails when the test says so, before or after the real one has written.</summary>
public class StoreProxy : DispatchProxy
{
    private IBotStore _inner = null!;

    /// <summary>Whether a verb shall fail before it is carried out.</summary>
    public Func<string, bool> FailsBefore { get; set; } = _ => false;

    /// <summary>Whether the answer of a verb shall be lost.</summary>
    public Func<string, bool> FailsAfter { get; set; } = _ => false;

    public static (IBotStore Store, StoreProxy Proxy) Around(IBotStore inner)
    {
        IBotStore store = Create<IBotStore, StoreProxy>();
        var proxy = (StoreProxy)(object)store;
        proxy._inner = inner;
        return (store, proxy);
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
    {
        if (targetMethod!.IsSpecialName)
        {
            return targetMethod.Invoke(_inner, args); // what the store is like is no call of it
        }

        Fail(FailsBefore, targetMethod.Name);
        object? answer = targetMethod.Invoke(_inner, args);
        Fail(FailsAfter, targetMethod.Name);
        return answer;
    }

    private static void Fail(Func<string, bool> fails, string verb)
    {
        if (fails(verb))
        {
            throw new IOException($"{verb}: the connection was lost");
        }
    }
}
