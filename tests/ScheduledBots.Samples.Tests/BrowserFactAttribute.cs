using BrowserBots;

namespace ScheduledBots.Samples.Tests;

/// <summary>A test with a real browser. Skipped where none is installed; <c>./build.sh test</c> installs one.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class BrowserFactAttribute : FactAttribute
{
    public BrowserFactAttribute()
    {
        try
        {
            ChromiumFile.Find(null);
        }
        catch (UsageException error)
        {
            Skip = error.Message;
        }
    }
}
