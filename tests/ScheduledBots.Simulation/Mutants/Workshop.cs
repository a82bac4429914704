using System.Diagnostics;
using System.Globalization;

namespace ScheduledBots.Simulation.Mutants;

/// <summary>
/// Builds the library with one edit, aside: the sources are copied, the edit is made there, and a copy of this program
/// runs against the library that comes out. Nothing in the sources knows of it.
/// </summary>
internal sealed class Workshop
{
    private static readonly string[] Shared = ["Directory.Build.props", "Directory.Packages.props", ".editorconfig", "global.json", "icon.png"];
    private static readonly string[] Projects = ["ScheduledBots", "ScheduledBots.Storage.InMemory", "ScheduledBots.Testing"];

    /// <summary>A slip may make a loop endless, or let a list grow for ever; neither is a verdict.</summary>
    private static readonly TimeSpan MostTime = TimeSpan.FromMinutes(15);

    private const long MostMemory = 3L << 30;

    private readonly string _root;
    private readonly string _folder;
    private readonly string _program;

    /// <param name="root">The root of the repository.</param>
    public Workshop(string root)
    {
        _root = root;
        _folder = Path.Combine(root, "artifacts", "mutants");
        _program = Path.Combine(_folder, "program");
        if (Directory.Exists(_folder))
        {
            Directory.Delete(_folder, recursive: true);
        }

        foreach (string file in Shared)
        {
            Copy(Path.Combine(root, file), Path.Combine(_folder, file));
        }

        foreach (string file in Directory.EnumerateFiles(Path.Combine(root, "src"), "*", SearchOption.TopDirectoryOnly))
        {
            Copy(file, Path.Combine(_folder, "src", Path.GetFileName(file)));
        }

        foreach (string project in Projects)
        {
            CopySources(project);
        }

        foreach (string file in Directory.EnumerateFiles(AppContext.BaseDirectory))
        {
            Copy(file, Path.Combine(_program, Path.GetFileName(file)));
        }
    }

    /// <summary>Whether a mutant's text is there exactly once, so that its edit means what it says.</summary>
    public bool Fits(Mutant mutant) => File.ReadAllText(Source(mutant)).Split(mutant.Find).Length == 2;

    /// <summary>Runs this program against the library with one edit.</summary>
    /// <returns>Its exit code and its last line; code 2 or more is no verdict.</returns>
    public (int Code, string LastLine) Run(Mutant mutant, params string[] arguments)
    {
        string file = Path.Combine(_folder, "src", mutant.File);
        string before = File.ReadAllText(file);
        try
        {
            File.WriteAllText(file, before.Replace(mutant.Find, mutant.Replace, StringComparison.Ordinal));
            (int built, string words) = Start("dotnet", "build", Path.Combine(_folder, "src", Projects[^1]), "-c", "Release", "-v", "quiet", "-nodeReuse:false",
                "-p:RunAnalyzers=false", "-p:TreatWarningsAsErrors=false", "-p:GenerateDocumentationFile=false", "-p:EnableSourceLink=false");
            if (built != 0)
            {
                return (2, "it does not compile: " + words);
            }

            foreach (string project in Projects)
            {
                Copy(Path.Combine(_folder, "src", project, "bin", "Release", "net10.0", project + ".dll"), Path.Combine(_program, project + ".dll"));
            }

            return Start("dotnet", [Path.Combine(_program, "ScheduledBots.Simulation.dll"), .. arguments]);
        }
        finally
        {
            File.WriteAllText(file, before);
        }
    }

    private string Source(Mutant mutant) => Path.Combine(_root, "src", mutant.File);

    private void CopySources(string project)
    {
        string from = Path.Combine(_root, "src", project);
        foreach (string file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            string relative = Path.GetRelativePath(from, file);
            if (relative.Split(Path.DirectorySeparatorChar)[0] is not ("bin" or "obj"))
            {
                Copy(file, Path.Combine(_folder, "src", project, relative));
            }
        }
    }

    private (int Code, string LastLine) Start(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, WorkingDirectory = _folder };
        start.Environment["DOTNET_GCHeapHardLimit"] = MostMemory.ToString("x", CultureInfo.InvariantCulture);
        using Process process = Process.Start(start) ?? throw new InvalidOperationException($"{program} cannot be started.");
        using var limit = new Timer(_ => process.Kill(entireProcessTree: true), null, MostTime, Timeout.InfiniteTimeSpan);
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        string[] lines = output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        return (process.ExitCode, lines.FirstOrDefault(line => line.Contains("error CS", StringComparison.Ordinal)) ?? lines.LastOrDefault() ?? "");
    }

    private static void Copy(string from, string to)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(to)!);
        File.Copy(from, to, overwrite: true);
    }
}
