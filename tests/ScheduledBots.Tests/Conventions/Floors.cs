namespace ScheduledBots.Tests.Conventions;

/// <summary>Which folder of the library may use which: its own and those named here.</summary>
internal static class Floors
{
    public const string Root = "(root)";

    private static readonly string[] Ground = ["Lifecycle", "Timing", "Configuration"];
    private static readonly string[] Ports = ["Storage", "Extensibility"];
    private static readonly string[] Shell = ["Execution", "Diagnostics"];

    public static IReadOnlyDictionary<string, string[]> Below { get; } = new Dictionary<string, string[]>
    {
        ["Lifecycle"] = [],
        ["Timing"] = [],
        ["Configuration"] = [],
        ["Planning"] = Ground,
        ["Storage"] = [.. Ground, .. Ports],
        ["Extensibility"] = [.. Ground, .. Ports],
        ["Execution"] = [.. Ground, "Planning", .. Ports, .. Shell],
        ["Diagnostics"] = [.. Ground, "Planning", .. Ports, .. Shell],
        [Root] = [.. Ground, "Planning", .. Ports, .. Shell],
        ["Face"] = [.. Ground, "Planning", .. Ports, .. Shell, Root],
        ["Rehearsing"] = [.. Ground, .. Ports, .. Shell, Root],
        ["DependencyInjection"] = [.. Ground, "Planning", .. Ports, .. Shell, Root, "Face", "Rehearsing"],
    };

    /// <summary>Floors that decide without waiting, clocks, logs and chance.</summary>
    public static IReadOnlyList<string> Pure { get; } = ["Lifecycle", "Timing", "Configuration", "Planning"];

    /// <summary>What a pure floor must not mention; a trailing dot or nothing means everything beginning so.</summary>
    public static IReadOnlyList<string> Impure { get; } =
        ["System.Threading.Tasks.", "System.TimeProvider", "Microsoft.Extensions.", "System.Random", "System.Threading.Timer", "System.Diagnostics.Stopwatch"];

    /// <summary>The floor of a namespace, or null where it is none of the library's.</summary>
    public static string? Of(string space) =>
        space == "ScheduledBots" ? Root : space.StartsWith("ScheduledBots.", StringComparison.Ordinal) ? space.Split('.')[1] : null;

    public static bool Allows(string from, string to) => from == to || (Below.TryGetValue(from, out string[]? below) && below.Contains(to));

    public static bool IsImpure(string type) => Impure.Any(prefix => type.StartsWith(prefix, StringComparison.Ordinal));
}
