using System.Collections.Concurrent;
using Microsoft.Playwright;

namespace BrowserBots;

/// <summary>Starts browsers and knows all that are open, so that none outlives this process, whatever it is ended by.</summary>
internal sealed class Browsers : IAsyncDisposable
{
    private readonly ConcurrentDictionary<IBrowser, byte> _open = new();
    private readonly IPlaywright _playwright;
    private readonly BrowserTypeLaunchOptions _options;
    private volatile bool _isClosed;

    private Browsers(IPlaywright playwright, string file)
    {
        _playwright = playwright;

        // What a browser does for its own sake (updates, other networks) would be measured too. Ctrl-C is this process's to handle, in order.
        _options = new BrowserTypeLaunchOptions
        {
            ExecutablePath = file,
            Args = ["--disable-gpu", "--disable-quic", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
            HandleSIGINT = false,
        };
    }

    /// <summary>Starts what drives browsers, and one browser to see that it can be: from then on its files are warm for everybody.</summary>
    public static async Task<Browsers> StartAsync(string file)
    {
        var browsers = new Browsers(await Playwright.CreateAsync(), file);
        try
        {
            OpenBrowser first = await browsers.OpenAsync();
            Console.WriteLine($"{file} is Chromium {first.Browser.Version}");
            await browsers.CloseAsync(first);
            return browsers;
        }
        catch (PlaywrightException error)
        {
            await browsers.DisposeAsync();
            throw new UsageException($"{file} is there but does not start as a browser: {FirstLine(error)} Start it by hand to see why, or give another: --browser PATH.");
        }
    }

    /// <summary>A browser of its own, on an empty page.</summary>
    public async Task<OpenBrowser> OpenAsync()
    {
        IBrowser browser = await _playwright.Chromium.LaunchAsync(_options);
        _open[browser] = 0;
        try
        {
            // It may have been starting while all that were open were closed, and nobody else would close it.
            ObjectDisposedException.ThrowIf(_isClosed, this);
            return new OpenBrowser(browser, await browser.NewPageAsync());
        }
        catch
        {
            await CloseAsync(browser);
            throw;
        }
    }

    public Task CloseAsync(OpenBrowser open) => CloseAsync(open.Browser);

    public async ValueTask DisposeAsync()
    {
        _isClosed = true;
        await Task.WhenAll(_open.Keys.Select(CloseAsync));
        _playwright.Dispose();
    }

    private async Task CloseAsync(IBrowser browser)
    {
        try
        {
            _open.TryRemove(browser, out _);
            await browser.CloseAsync();
        }
        catch (PlaywrightException)
        {
            // It is gone already, which is all that was wanted.
        }
    }

    private static string FirstLine(PlaywrightException error) => error.Message.Split('\n')[0].TrimEnd('.', '\r') + ".";
}
