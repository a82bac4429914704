namespace ScheduledBots.Samples.Tests;

/// <summary>The files of this repository.</summary>
internal static class Repository
{
    private static readonly string Root = FindRoot();

    public static string Read(string path) => File.ReadAllText(Path.Combine(Root, path)).ReplaceLineEndings("\n");

    /// <summary>Upwards from the test's own folder: a deterministic build leaves no source paths to go by.</summary>
    private static string FindRoot()
    {
        DirectoryInfo folder = new(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "ScheduledBots.sln")))
        {
            folder = folder.Parent ?? throw new DirectoryNotFoundException("The tests run outside the repository; build them there.");
        }

        return folder.FullName;
    }
}
