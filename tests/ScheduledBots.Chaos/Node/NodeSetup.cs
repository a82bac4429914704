using System.Text.Json;
using ScheduledBots.Configuration;

namespace ScheduledBots.Chaos.Node;

/// <summary>What a node process is told, in a file.</summary>
internal sealed record NodeSetup
{
    public required string ConnectionString { get; init; }

    /// <summary>Where it writes what its host's code did.</summary>
    public required string WitnessFile { get; init; }

    /// <summary>Where its log goes; for people, judged is nothing of it.</summary>
    public required string LogFile { get; init; }

    public required ScheduledBotsOptions Options { get; init; }

    public CrashPoint CrashPoint { get; init; }

    /// <summary>How often the crash point is passed before it counts.</summary>
    public int CrashPasses { get; init; }

    /// <summary>How many of a hundred bots get resources that another node can use.</summary>
    public int PortablePercent { get; init; } = 50;

    /// <summary>The longest an allocator call takes; each bot takes a part of it that its id decides.</summary>
    public int MaxAllocationMilliseconds { get; init; } = 100;

    /// <summary>The longest a joiner call takes; each bot takes a part of it that its id decides.</summary>
    public int MaxJoinMilliseconds { get; init; } = 500;

    public void Write(string file) => File.WriteAllText(file, JsonSerializer.Serialize(this));

    public static NodeSetup Read(string file) =>
        JsonSerializer.Deserialize<NodeSetup>(File.ReadAllText(file)) ?? throw new InvalidDataException($"{file} is empty");
}
