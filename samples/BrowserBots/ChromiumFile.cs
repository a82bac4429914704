namespace BrowserBots;

/// <summary>Finds the browser on this machine. None is downloaded: a sample changes nothing that it was not asked to.</summary>
internal static class ChromiumFile
{
    private static readonly string[] Names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome.exe", "msedge.exe"];

    /// <summary>Where installers put it without telling PATH.</summary>
    private static readonly string[] Homes =
    [
        "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
        "/Applications/Chromium.app/Contents/MacOS/Chromium",
        Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.ProgramFiles), "Google", "Chrome", "Application", "chrome.exe"),
        Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.ProgramFilesX86), "Microsoft", "Edge", "Application", "msedge.exe"),
    ];

    /// <summary>The browser at the path that was given, or the first that is installed.</summary>
    public static string Find(string? given) => given is null
        ? FindIn(Environment.GetEnvironmentVariable("PATH") ?? "", Homes)
        : File.Exists(given)
            ? given
            : throw new UsageException($"There is no browser at '{given}'. Give the path of a Chromium or Chrome: --browser PATH.");

    public static string FindIn(string path, IReadOnlyList<string> homes)
    {
        string[] folders = path.Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
        IEnumerable<string> places = folders.SelectMany(folder => Names.Select(name => Path.Combine(folder, name))).Concat(homes);
        return places.FirstOrDefault(File.Exists) ?? throw new UsageException(
            $"No browser was found: none of {string.Join(", ", Names)} is in the {folders.Length} folders of PATH. Wanted is any Chromium or Chrome, and this "
            + $"sample installs none. Install one (on Debian and Ubuntu: apt-get install chromium), or say where one is: --browser PATH.");
    }
}
