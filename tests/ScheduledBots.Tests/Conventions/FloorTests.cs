using Mono.Cecil;

namespace ScheduledBots.Tests.Conventions;

/// <summary>Holds the code to the floors of docs/architecture.md: a folder uses its own floor and the floors below it.</summary>
public class FloorTests
{
    private static readonly List<Reference> All = Read(Repository.Library.Location);

    // Mutant: a static field of type ScheduledBots.Storage.StoreTraits in Lifecycle.BotLifecycle.
    [Fact]
    public void A_floor_sees_itself_and_the_floors_below()
    {
        IEnumerable<string> offenders = Upward(All);

        Assert.True(!offenders.Any(), "These look up or sideways:\n" + string.Join('\n', offenders));
    }

    // Mutant: a method of Lifecycle.MisfirePolicy that returns a Task.
    [Fact]
    public void The_pure_floors_neither_wait_nor_read_clocks_nor_log_nor_roll_dice()
    {
        IEnumerable<string> offenders = Impure(All);

        Assert.True(!offenders.Any(), "These floors are pure (time arrives as an argument):\n" + string.Join('\n', offenders));
    }

    [Fact]
    public void Every_namespace_is_a_floor()
    {
        IEnumerable<string> unknown = All.Select(reference => reference.From).Distinct().Where(floor => !Floors.Below.ContainsKey(floor));

        Assert.True(!unknown.Any(), "On no floor; say in Floors.cs and in docs/architecture.md where they belong: " + string.Join(", ", unknown));
    }

    [Fact]
    public void Floors_never_see_each_other_both_ways_unless_they_share_a_storey()
    {
        string[][] storeys = [["Storage", "Extensibility"], ["Execution", "Diagnostics"]];

        foreach (string one in Floors.Below.Keys)
        {
            foreach (string other in Floors.Below.Keys.Where(other => other != one && Floors.Allows(one, other) && Floors.Allows(other, one)))
            {
                Assert.Contains(storeys, storey => storey.Contains(one) && storey.Contains(other));
            }
        }
    }

    [Fact]
    public void The_walk_sees_the_references_it_judges()
    {
        Assert.True(All.Count > 300, $"only {All.Count} references were seen");
        Assert.Contains(All, reference => reference is { From: "Storage", ToSpace: "ScheduledBots.Lifecycle", ToName: "BotSnapshot" });
        Assert.Contains(All, reference => reference is { From: "Extensibility", ToSpace: "System.Threading.Tasks" });
        Assert.Contains(All, reference => reference is { Type: "BotLifecycle", ToSpace: "System.Collections.Frozen" });
    }

    /// <summary>This very assembly holds a type that breaks the rules in the places where a reference can hide.</summary>
    [Fact]
    public void The_tests_can_fail()
    {
        List<Reference> hidden = [.. Read(typeof(FloorTests).Assembly.Location)
            .Where(reference => reference.Type == nameof(UpwardSample) && reference.ToName != nameof(UpwardSample))
            .Select(reference => reference with { From = "Lifecycle" })];

        IEnumerable<string> upward = Upward(hidden), impure = Impure(hidden);

        Assert.Equal(
            [
                "Lifecycle.UpwardSample -> ScheduledBots.Extensibility.Allocation",
                "Lifecycle.UpwardSample -> ScheduledBots.Extensibility.JoinOutcome",
                "Lifecycle.UpwardSample -> ScheduledBots.Extensibility.JoinResult",
                "Lifecycle.UpwardSample -> ScheduledBots.Storage.BotQuery",
                "Lifecycle.UpwardSample -> ScheduledBots.Storage.StoreTraits",
            ],
            upward);
        Assert.Contains("Lifecycle.UpwardSample -> System.TimeProvider", impure);
        Assert.Contains("Lifecycle.UpwardSample -> System.Random", impure);
        Assert.Contains(impure, line => line.Contains("System.Threading.Tasks.", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Planning", "Storage", false)]
    [InlineData("Storage", "Planning", false)]
    [InlineData("Lifecycle", "Timing", false)]
    [InlineData("Timing", "Lifecycle", false)]
    [InlineData("Execution", Floors.Root, false)]
    [InlineData(Floors.Root, "DependencyInjection", false)]
    [InlineData("Planning", "Timing", true)]
    [InlineData(Floors.Root, "Execution", true)]
    [InlineData("DependencyInjection", Floors.Root, true)]
    public void The_floors_are_those_of_the_architecture(string from, string to, bool allowed) =>
        Assert.Equal(allowed, Floors.Allows(from, to));

    private static List<string> Upward(IEnumerable<Reference> references) =>
    [
        .. references
            .Where(reference => Floors.Of(reference.ToSpace) is { } to && !Floors.Allows(reference.From, to))
            .Select(reference => reference.ToString())
            .Distinct()
            .Order(StringComparer.Ordinal),
    ];

    private static List<string> Impure(IEnumerable<Reference> references) =>
    [
        .. references
            .Where(reference => Floors.Pure.Contains(reference.From) && Floors.IsImpure($"{reference.ToSpace}.{reference.ToName}"))
            .Select(reference => reference.ToString())
            .Distinct()
            .Order(StringComparer.Ordinal),
    ];

    private static List<Reference> Read(string assembly)
    {
        using ModuleDefinition module = ModuleDefinition.ReadModule(assembly);
        return
        [
            .. from type in module.Types
               let floor = Floors.Of(type.Namespace)
               where floor is not null
               from reference in TypeReferences.Of(type)
               select new Reference(floor, type.Name, reference.Space, reference.Name),
        ];
    }

    private sealed record Reference(string From, string Type, string ToSpace, string ToName)
    {
        public override string ToString() => $"{From}.{Type} -> {ToSpace}.{ToName}";
    }
}
