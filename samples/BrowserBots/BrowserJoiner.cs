using System.Collections.Concurrent;
using Microsoft.Playwright;
using ScheduledBots.Extensibility;
using ScheduledBots.Lifecycle;

namespace BrowserBots;

/// <summary>Opens the meeting in the browser that is there, and returns when the meeting has let the bot in.</summary>
internal sealed class BrowserJoiner(Browsers browsers) : IMeetingJoiner
{
    private static readonly PageGotoOptions WithItsScript = new() { WaitUntil = WaitUntilState.DOMContentLoaded };

    private readonly ConcurrentDictionary<BotId, OpenBrowser> _inMeeting = new();

    public async Task<JoinResult> JoinAsync(JoinAttempt attempt, CancellationToken cancellationToken)
    {
        var open = (OpenBrowser)attempt.Allocation.Resource!;
        await open.Page.GotoAsync(Room.UrlFor(attempt.Bot), WithItsScript).WaitAsync(cancellationToken);
        await open.Page.EvaluateAsync("() => window.admitted").WaitAsync(cancellationToken);

        // From here on the browser is the host's, which closes it when the meeting is over.
        _inMeeting[attempt.Bot.Id] = open;
        return JoinResult.Joined();
    }

    /// <summary>Takes a bot that has joined out of its meeting.</summary>
    public Task LeaveAsync(BotId id) => _inMeeting.TryRemove(id, out OpenBrowser? open) ? browsers.CloseAsync(open) : Task.CompletedTask;
}
