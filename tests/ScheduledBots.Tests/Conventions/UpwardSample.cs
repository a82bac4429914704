using ScheduledBots.Extensibility;
using ScheduledBots.Storage;

namespace ScheduledBots.Tests.Conventions;

/// <summary>What no pure floor may contain, hidden where references hide; FloorTests proves that it finds all of it.</summary>
internal sealed class UpwardSample
{
    private readonly List<StoreTraits?> _inAGenericArgument = [];

    public int Count => _inAGenericArgument.Count;

    public static string InAMethodBody() => JoinResult.Joined().Outcome.ToString() + Random.Shared.Next();

    public static Func<string> InAClosure(int limit) => () => new BotQuery { Limit = limit }.ToString();

    public static async Task<object> InAStateMachine()
    {
        await Task.Yield();
        return new Allocation(TimeProvider.System.ToString() ?? "clock");
    }
}
