namespace ScheduledBots.Storage.EfCore.Model;

/// <summary>What the tables are: one row. A newer library that changes them raises the number that old nodes are measured by.</summary>
internal sealed class SchemaEntity
{
    /// <summary>The tables this library writes.</summary>
    public const int CurrentVersion = 1;

    public int Id { get; set; }

    /// <summary>The version of the tables.</summary>
    public int Version { get; set; }

    /// <summary>The least <see cref="CurrentVersion"/> that a library must have to work on these tables.</summary>
    public int MinimumWriter { get; set; }

    /// <summary>The row that this library writes.</summary>
    public static SchemaEntity Current() => new() { Id = 1, Version = CurrentVersion, MinimumWriter = CurrentVersion };
}
