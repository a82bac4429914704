using ScheduledBots.AspNetCore.Contracts;
using ScheduledBots.Lifecycle;

namespace ScheduledBots.AspNetCore.Page;

/// <summary>
/// A bot as the page shows it. Of the meeting only the host: its URL lets in whoever has it, and need not leave the server for anybody to look at
/// a schedule. Neither metadata, nor resource handles, nor the words of the host's code.
/// </summary>
internal sealed record PageBotView
{
    public required string Id { get; init; }

    public required string Name { get; init; }

    public required string State { get; init; }

    public required DateTime JoinAt { get; init; }

    public required bool AdHoc { get; init; }

    /// <summary>The host of the meeting's URL.</summary>
    public required string MeetingHost { get; init; }

    /// <summary>Left out where the page belongs to one tenant, or the bot to none.</summary>
    public string? Tenant { get; init; }

    /// <summary>The node that works for it; left out where the page belongs to a tenant.</summary>
    public string? Node { get; init; }

    public required int Attempt { get; init; }

    public required DateTime CreatedAt { get; init; }

    public DateTime? StartedAt { get; init; }

    public DateTime? SettledAt { get; init; }

    public double? LatenessMs { get; init; }

    public string? FailureReason { get; init; }

    /// <param name="bot">The bot.</param>
    /// <param name="isOperators">Whether the page sees every tenant.</param>
    /// <param name="now">When the state is seen.</param>
    public static PageBotView Of(Bot bot, bool isOperators, DateTimeOffset now) => new()
    {
        Id = bot.Id.ToString(),
        Name = bot.Name,
        State = BotWords.Of(bot.StatusAt(now)),
        JoinAt = bot.JoinAt.UtcDateTime,
        AdHoc = bot.IsAdHoc,
        MeetingHost = Uri.TryCreate(bot.MeetingUrl, UriKind.Absolute, out Uri? meeting) ? meeting.Host : "",
        Tenant = isOperators && bot.Tenant.Length > 0 ? bot.Tenant : null,
        Node = isOperators ? bot.Owner?.ToString() : null,
        Attempt = bot.Attempt,
        CreatedAt = bot.CreatedAt.UtcDateTime,
        StartedAt = bot.StartedAtOrNull()?.UtcDateTime,
        SettledAt = bot.SettledAtOrNull()?.UtcDateTime,
        LatenessMs = LatenessOf(bot) is { } lateness ? Math.Round(lateness.TotalMilliseconds, 3) : null,
        FailureReason = bot is FailedBot { Reason: var reason } ? BotWords.Of(reason) : null,
    };

    /// <summary>How long after its instant the joiner was called; an ad-hoc bot has no instant to be late for.</summary>
    public static TimeSpan? LatenessOf(Bot bot) => bot.IsAdHoc ? null : bot.StartedAtOrNull() - bot.JoinAt;
}
