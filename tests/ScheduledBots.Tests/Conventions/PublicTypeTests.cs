using System.Reflection;
using System.Runtime.CompilerServices;
using System.Xml.Linq;
using ScheduledBots.Testing.Conformance;

namespace ScheduledBots.Tests.Conventions;

/// <summary>What every public type of the packages keeps to. The conformance suites are tests, and keep to the rules of tests.</summary>
public class PublicTypeTests
{
    private const BindingFlags Declared =
        BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    private static readonly Type[] Types =
        [.. Repository.Packages.SelectMany(package => package.GetExportedTypes()).Where(type => !typeof(StoreSuite).IsAssignableFrom(type))];

    private static readonly Dictionary<string, XElement> Docs = Repository.Packages
        .SelectMany(package => XDocument.Load(Path.ChangeExtension(package.Location, ".xml")).Descendants("member"))
        .DistinctBy(member => member.Attribute("name")!.Value) // generated code is in several packages under one name
        .ToDictionary(member => member.Attribute("name")!.Value);

    /// <summary>The most members an interface may have; a new need becomes a record member first.</summary>
    private static readonly Dictionary<string, int> InterfaceLimits = new() { ["IBotStore"] = 14, ["IBotScheduler"] = 12 };

    private const int OtherInterfaceLimit = 8;

    private static readonly string[] InstantEndings = ["At", "Before", "Until", "From", "Now", "After"];

    private static readonly string[] SecretNames = ["MeetingUrl", "Metadata", "Handle", "Resource", "Detail", "ConnectionString"];

    // Mutant: the summary of MisfirePolicy made an ordinary comment.
    [Fact]
    public void Every_public_type_is_documented() => Offenders.None(
        Types.Where(type => !IsDocumented("T:" + type.FullName!.Replace('+', '.'))).Select(type => type.FullName!),
        "have neither summary nor remarks");

    // Mutant: ScheduledBotsBuilderExtensions without its remarks.
    [Fact]
    public void Every_public_type_says_whether_threads_may_share_it() => Offenders.None(
        from type in Types
        where !type.IsEnum && !type.IsSubclassOf(typeof(Exception)) && !type.IsNested
        where !Docs.TryGetValue("T:" + type.FullName, out XElement? doc) || !doc.Value.Contains("thread", StringComparison.OrdinalIgnoreCase)
        select type.FullName!,
        "say nothing of threads");

    [Fact]
    public void Every_public_interface_says_who_calls_it() => Offenders.None(
        Types
            .Where(type => type.IsInterface && (!Docs.TryGetValue("T:" + type.FullName, out XElement? doc) || doc.Element("remarks") is null))
            .Select(type => type.FullName!),
        "have no remarks");

    [Fact]
    public void Public_interfaces_stay_small() => Offenders.None(
        from type in Types
        where type.IsInterface
        let count = type.GetMembers(Declared).Count(member => member is not MethodInfo { IsSpecialName: true })
        let limit = InterfaceLimits.GetValueOrDefault(type.Name, OtherInterfaceLimit)
        where count > limit
        select $"{type.FullName}: {count} members, at most {limit}",
        "are too large");

    // Mutant: IBotStore.EraseAsync renamed to Erase.
    [Fact]
    public void Asynchronous_methods_end_in_Async() => Offenders.None(
        from method in Methods()
        where IsAsynchronous(method.ReturnType) != method.Name.EndsWith("Async", StringComparison.Ordinal)
        where method.Name != nameof(IAsyncDisposable.DisposeAsync)
        select Name(method),
        "end in Async without being asynchronous, or the other way round");

    [Fact]
    public void The_cancellation_token_comes_last() => Offenders.None(
        from method in Methods()
        let parameters = method.GetParameters()
        let place = Array.FindIndex(parameters, parameter => parameter.ParameterType == typeof(CancellationToken))
        where place >= 0 && (place != parameters.Length - 1 || parameters[place].Name != "cancellationToken")
        select Name(method),
        "do not take `CancellationToken cancellationToken` last");

    [Fact]
    public void Asynchronous_methods_of_ports_take_a_token_without_a_default() => Offenders.None(
        from method in Methods()
        where method.DeclaringType is { IsInterface: true, Namespace: "ScheduledBots.Storage" or "ScheduledBots.Extensibility" }
        where IsAsynchronous(method.ReturnType)
        let last = method.GetParameters().LastOrDefault()
        where last?.ParameterType != typeof(CancellationToken) || last.HasDefaultValue
        select Name(method),
        "take no token, or one with a default");

    // Mutant: ChangeOutcome given a property `DateTimeOffset Moment`.
    [Fact]
    public void Instants_are_named_as_instants() => Offenders.None(
        from type in Types
        from property in type.GetProperties(Declared)
        where (Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType) == typeof(DateTimeOffset)
        where !InstantEndings.Any(ending => property.Name.EndsWith(ending, StringComparison.Ordinal))
        select $"{type.FullName}.{property.Name}",
        $"are instants whose names end in none of {string.Join(", ", InstantEndings)}");

    [Fact]
    public void Instants_carry_their_offset() => Offenders.None(
        from type in Types
        from property in type.GetProperties(Declared)
        where (Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType) == typeof(DateTime)
        select $"{type.FullName}.{property.Name}",
        "are DateTime; take DateTimeOffset");

    [Fact]
    public void No_public_field_can_be_changed() => Offenders.None(
        from type in Types
        where !type.IsEnum
        from field in type.GetFields(Declared)
        where !field.IsLiteral && !field.IsInitOnly
        select $"{type.FullName}.{field.Name}",
        "are mutable fields");

    [Fact]
    public void Records_have_no_public_setters() => Offenders.None(
        from type in Types
        where IsRecord(type)
        from property in type.GetProperties(Declared)
        where property.SetMethod is { IsPublic: true } setter
            && !setter.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(IsExternalInit))
        select $"{type.FullName}.{property.Name}",
        "can be set after construction");

    [Fact]
    public void Public_classes_are_sealed_abstract_or_exceptions() => Offenders.None(
        from type in Types
        where type is { IsClass: true, IsSealed: false, IsAbstract: false } && !type.IsSubclassOf(typeof(Exception))
        where !type.Name.EndsWith("Options", StringComparison.Ordinal)
        select type.FullName!,
        "are open to inheritance");

    // Mutant: Allocation.ToString deleted.
    [Fact]
    public void Records_with_secrets_say_their_own_text() => Offenders.None(
        from type in Types
        where IsRecord(type)
        let secrets = type.GetProperties().Select(property => property.Name).Intersect(SecretNames)
        where secrets.Any() && type.GetMethod(nameof(ToString), Type.EmptyTypes)!.IsDefined(typeof(CompilerGeneratedAttribute))
        select $"{type.FullName} ({string.Join(", ", secrets)})",
        "would print their secrets");

    [Fact]
    public void The_tests_see_the_types_they_judge()
    {
        Assert.Equal(
            [
                "ScheduledBots", "ScheduledBots.AspNetCore", "ScheduledBots.Calendar", "ScheduledBots.Storage.EfCore", "ScheduledBots.Storage.InMemory",
                "ScheduledBots.Testing",
            ],
            Repository.Packages.Select(package => package.GetName().Name));
        Assert.True(Types.Length > 35, $"only {Types.Length} public types were seen");
        Assert.True(Methods().Count() > 60, $"only {Methods().Count()} methods were seen");
        Assert.Contains(Types, type => IsRecord(type) && type.IsValueType);
        Assert.Contains(Types, type => IsRecord(type) && type.IsClass);
        Assert.True(typeof(Undocumented).GetMethod(nameof(ToString), Type.EmptyTypes)!.IsDefined(typeof(CompilerGeneratedAttribute)));
        Assert.False(IsDocumented("T:" + typeof(Undocumented).FullName));
    }

    private static IEnumerable<MethodInfo> Methods() =>
        from type in Types
        where !type.IsSubclassOf(typeof(Delegate))
        from method in type.GetMethods(Declared)
        where !method.IsSpecialName && !method.Name.StartsWith('<')
        select method;

    private static bool IsAsynchronous(Type type) =>
        typeof(Task).IsAssignableFrom(type)
        || type == typeof(ValueTask)
        || (type.IsGenericType && (type.GetGenericTypeDefinition() == typeof(ValueTask<>) || type.GetGenericTypeDefinition() == typeof(IAsyncEnumerable<>)));

    private static bool IsRecord(Type type) =>
        type.GetMethod("PrintMembers", BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.DeclaredOnly) is not null
        || type.GetMethod("<Clone>$") is not null;

    private static bool IsDocumented(string id) =>
        Docs.TryGetValue(id, out XElement? doc)
        && (doc.Element("summary") ?? doc.Element("remarks") ?? doc.Element("inheritdoc")) is not null;

    private static string Name(MethodInfo method) => $"{method.DeclaringType!.FullName}.{method.Name}";

    private sealed record Undocumented(string MeetingUrl);
}
