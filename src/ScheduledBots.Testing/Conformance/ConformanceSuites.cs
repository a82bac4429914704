using System.Reflection;

namespace ScheduledBots.Testing.Conformance;

/// <summary>The suites a store has to pass, and which of them a test project has not inherited.</summary>
/// <remarks>Thread-safe.</remarks>
public static class ConformanceSuites
{
    /// <summary>Every suite: the abstract classes of this package that hold tests.</summary>
    public static IReadOnlyList<Type> All { get; } =
    [
        .. typeof(StoreSuite).Assembly.GetTypes()
            .Where(type => type is { IsAbstract: true } && type.IsSubclassOf(typeof(StoreSuite)) && HasTests(type))
            .OrderBy(type => type.Name, StringComparer.Ordinal),
    ];

    /// <summary>
    /// The suites that none of the given types runs. A test of every storage package asserts that there is none, so that
    /// a suite that comes with a newer version of this package cannot be overlooked.
    /// </summary>
    /// <param name="types">The types of the test project, or those of one of the stores it tests.</param>
    /// <returns>The missing suites; a suite counts as run when a public, concrete class inherits it.</returns>
    public static IReadOnlyList<Type> MissingFrom(IEnumerable<Type> types)
    {
        ArgumentNullException.ThrowIfNull(types);
        Type[] heirs = [.. types.Where(type => type is { IsVisible: true, IsAbstract: false, ContainsGenericParameters: false })];
        return [.. All.Where(suite => !heirs.Any(heir => heir.IsSubclassOf(suite)))];
    }

    private static bool HasTests(Type type) =>
        type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)
            .Any(method => method.IsDefined(typeof(FactAttribute), inherit: true));
}
