using Microsoft.Playwright;

namespace ScheduledBots.Browser.Tests;

/// <summary>One browser for all tests of the collection: starting it is what takes long, a page of its own costs nothing.</summary>
public sealed class Chromium : IAsyncLifetime
{
    private static readonly string[] Places = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

    private IPlaywright? _playwright;

    public IBrowser Browser { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        string browser = Array.Find(Places, File.Exists)
            ?? throw new InvalidOperationException("No Chromium is installed. ./build.sh test installs it; on Debian: apt-get install chromium.");
        _playwright = await Playwright.CreateAsync();
        Browser = await _playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = browser,
            Args =
            [
                "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
                "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage",
            ],
        });
    }

    public async Task DisposeAsync()
    {
        await Browser.DisposeAsync();
        _playwright?.Dispose();
    }

    [CollectionDefinition(nameof(Chromium))]
    public sealed class Tests : ICollectionFixture<Chromium>;
}
