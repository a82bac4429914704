using System.Reflection;
using ScheduledBots.Lifecycle;

namespace ScheduledBots.Tests.Lifecycle;

/// <summary>The state types' public transition methods as reflection finds them, and how to call any of them.</summary>
internal static class Transitions
{
    /// <summary>The verbs after which whoever worked for the bot is fenced.</summary>
    public static readonly string[] FencingVerbs =
    [
        "Scheduled.Reschedule", "Scheduled.Redirect", "Scheduled.Cancel", "Scheduled.ClaimedBy", "Scheduled.HandBack",
        "Scheduled.RetryStaging", "Staged.ClaimedBy", "Staged.Abort", "Staged.LoseResources", "Scheduled.AdoptedBy",
        "Staged.AdoptedBy", "Staged.HandBack", "Staged.Restage", "Staged.RestageJoining", "Joining.AdoptedBy", "Joining.RetryStaging",
    ];

    public static IReadOnlyList<Type> States { get; } =
        [.. typeof(Bot).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(Bot)))];

    public static IReadOnlyList<MethodInfo> Methods { get; } =
    [
        .. States
            .SelectMany(state => state.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly))
            .Where(method => method.ReturnType.IsAssignableTo(typeof(Bot)) && !method.Name.StartsWith('<')),
    ];

    public static BotStatus StatusOf(Type state) => Enum.Parse<BotStatus>(state.Name[..^"Bot".Length]);

    public static BotTransition ToTransition(MethodInfo method) =>
        new(StatusOf(method.DeclaringType!), method.Name, StatusOf(method.ReturnType));

    public static string Label(MethodInfo method) => $"{StatusOf(method.DeclaringType!)}.{method.Name}";

    public static IEnumerable<MethodInfo> Of(Bot bot) => Methods.Where(method => method.DeclaringType == bot.GetType());

    /// <summary>Whether the asserted precondition of the transition holds.</summary>
    public static bool MayBegin(Bot bot, MethodInfo method) => (bot, method.Name) switch
    {
        (StagedBot staged, nameof(StagedBot.Arm)) => staged.ArmedUntil is null && staged.StagedFence == staged.Fence,
        (StagedBot staged, nameof(StagedBot.RestageJoining)) => staged.ArmedUntil is null && staged.Attempt > 0,
        (StagedBot staged, nameof(StagedBot.LoseResources) or nameof(StagedBot.Restage)) => staged.ArmedUntil is null && staged.Attempt == 0,
        (StagedBot staged, nameof(StagedBot.Abort) or nameof(StagedBot.HandBack) or nameof(StagedBot.Attach)) => staged.ArmedUntil is null,
        (JoiningBot joining, nameof(JoiningBot.Stage) or nameof(JoiningBot.RetryStaging)) => joining.ArmedUntil is null,
        (JoiningBot joining, nameof(JoiningBot.Retry)) => joining.Resource is not null,
        _ => true,
    };

    /// <summary>Calls a transition with legal arguments; instants follow JoinAt by <paramref name="delay"/>.</summary>
    public static Bot Invoke(Bot bot, MethodInfo method, TimeSpan delay, NodeId node, Failure failure, ResourceHandle resource) =>
        (Bot)method.Invoke(
            bot, [.. method.GetParameters().Select(parameter => Argument(parameter, bot, delay, node, failure, resource))])!;

    private static object Argument(ParameterInfo parameter, Bot bot, TimeSpan delay, NodeId node, Failure failure, ResourceHandle resource) =>
        (parameter.ParameterType, parameter.Name) switch
        {
            var (type, name) when type == typeof(DateTimeOffset) && name == "joinAt" => bot.JoinAt + delay + TimeSpan.FromSeconds(1),
            var (type, _) when type == typeof(DateTimeOffset) || type == typeof(DateTimeOffset?) => bot.JoinAt + delay,
            var (type, _) when type == typeof(bool) => delay.Ticks % 2 == 0,
            var (type, _) when type == typeof(NodeId) => node,
            var (type, _) when type == typeof(Failure) => failure,
            var (type, _) when type == typeof(ResourceHandle) => resource,
            var (type, _) when type == typeof(string) => "https://meet.example.com/other",
            _ => throw new NotSupportedException($"{parameter.Member.Name} takes a {parameter.ParameterType.Name}; teach {nameof(Transitions)} to make one."),
        };
}
