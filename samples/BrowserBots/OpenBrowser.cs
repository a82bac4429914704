using Microsoft.Playwright;

namespace BrowserBots;

/// <summary>A browser process with one page.</summary>
internal sealed record OpenBrowser(IBrowser Browser, IPage Page);
