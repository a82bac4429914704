using ScheduledBots.Extensibility;
using ScheduledBots.Lifecycle;

namespace BrowserBots;

/// <summary>
/// Starts a browser. Where there is time, it is warmed as any bot could do it without being seen in the meeting: it opens a page of the
/// meeting's site that is in nobody's way, so that name, connection and the process of that site are there. Who is in a hurry gets it as it is.
/// </summary>
internal sealed class BrowserAllocator(Browsers browsers, TimeProvider timeProvider) : IResourceAllocator
{
    private static readonly TimeSpan TimeToWarm = TimeSpan.FromSeconds(1);

    public async Task<Allocation> AllocateAsync(Bot bot, Fence fence, CancellationToken cancellationToken)
    {
        OpenBrowser open = await browsers.OpenAsync();
        try
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (bot.JoinAt - timeProvider.GetUtcNow() > TimeToWarm)
            {
                await open.Page.GotoAsync(new Uri(new Uri(bot.MeetingUrl), Room.QuietPath).AbsoluteUri).WaitAsync(cancellationToken);
            }

            return new Allocation($"browser of {bot.Id} under fence {fence}", open);
        }
        catch
        {
            await browsers.CloseAsync(open); // what was not returned, nobody else knows of
            throw;
        }
    }

    public Task ReleaseAsync(Bot bot, Fence fence, Allocation allocation, CancellationToken cancellationToken) =>
        browsers.CloseAsync((OpenBrowser)allocation.Resource!);
}
