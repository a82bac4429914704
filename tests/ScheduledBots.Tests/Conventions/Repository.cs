using System.Reflection;
using System.Runtime.CompilerServices;

namespace ScheduledBots.Tests.Conventions;

/// <summary>The files of this repository and the assemblies the conventions are about.</summary>
internal static class Repository
{
    public static string Root { get; } = FindRoot();

    /// <summary>The packages, the library first; a test sees that none is missing.</summary>
    public static IReadOnlyList<Assembly> Packages { get; } =
    [
        .. Directory.GetDirectories(Path.Combine(Root, "src"))
            .Select(folder => Path.GetFileName(folder))
            .Order(StringComparer.Ordinal)
            .Select(Assembly.Load),
    ];

    public static Assembly Library => Packages[0];

    public static IReadOnlyList<string> SourceFiles { get; } =
    [
        .. Files("*.cs").Where(file => file.StartsWith("src/", StringComparison.Ordinal)).Order(StringComparer.Ordinal),
    ];

    /// <summary>The files of a name pattern, as paths from the root; nothing that was built.</summary>
    public static IEnumerable<string> Files(string pattern) => Directory
        .EnumerateFiles(Root, pattern, SearchOption.AllDirectories)
        .Select(path => Path.GetRelativePath(Root, path).Replace('\\', '/'))
        .Where(path => !path.Split('/').Any(part => part is "bin" or "obj" or "artifacts" || part.StartsWith(".git", StringComparison.Ordinal)));

    public static string Read(string file) => File.ReadAllText(Path.Combine(Root, file));

    // Deterministic builds write /_/ for the root, so the output folder is the second place to start from.
    private static string FindRoot([CallerFilePath] string here = "")
    {
        foreach (string start in (string[])[Path.GetDirectoryName(here) ?? "", AppContext.BaseDirectory])
        {
            for (DirectoryInfo? folder = new(Path.GetFullPath(start.Length > 0 ? start : ".")); folder is not null; folder = folder.Parent)
            {
                if (File.Exists(Path.Combine(folder.FullName, "ScheduledBots.sln")))
                {
                    return folder.FullName;
                }
            }
        }

        throw new InvalidOperationException($"ScheduledBots.sln is in no folder above {here} or {AppContext.BaseDirectory}.");
    }
}
