using ScheduledBots.AspNetCore.Contracts;
using ScheduledBots.Extensibility;
using ScheduledBots.Lifecycle;

namespace ScheduledBots.AspNetCore.Page;

/// <summary>What a timeline knows of a bot: enough to draw it, nothing that its owner keeps secret.</summary>
internal readonly record struct PageBot
{
    public required BotStatus Status { get; init; }

    public required DateTimeOffset JoinAt { get; init; }

    /// <summary>Null until the bot was read: events carry no name.</summary>
    public string? Name { get; init; }

    public bool IsAdHoc { get; init; }

    /// <summary>Whether it was ever armed; a staged bot is then joining from its instant on (<see cref="Bot.StatusAt"/>).</summary>
    public bool WasArmed { get; init; }

    public NodeId? Owner { get; init; }

    public TimeSpan? Lateness { get; init; }

    public FailureReason? Reason { get; init; }

    public DateTimeOffset? SettledAt { get; init; }

    public bool IsSettled => Status >= BotStatus.Joined;

    public static PageBot Of(Bot bot) => new()
    {
        Status = bot.Status,
        JoinAt = bot.JoinAt,
        Name = bot.Name,
        IsAdHoc = bot.IsAdHoc,
        WasArmed = bot.Attempt > 0,
        Owner = bot.Owner,
        Lateness = PageBotView.LatenessOf(bot),
        Reason = (bot as FailedBot)?.Reason,
        SettledAt = bot.SettledAtOrNull(),
    };

    /// <summary>The bot after an event; what the event does not tell stays as it was.</summary>
    public static PageBot After(PageBot? before, BotEvent told)
    {
        bool settles = told.To >= BotStatus.Joined;
        return new PageBot
        {
            Status = told.To,
            JoinAt = told.JoinAt,
            Name = before?.Name,
            IsAdHoc = told.IsAdHoc,
            WasArmed = told.Attempt > 0,
            Owner = told.Kind switch { BotEventKind.HandedBack => null, BotEventKind.Updated => before?.Owner, _ => told.Node },
            Lateness = told.IsAdHoc ? null : told.Lateness,
            Reason = told.To == BotStatus.Failed ? told.Reason : null,
            SettledAt = settles ? before is { IsSettled: true } ? before.Value.SettledAt : told.At : null,
        };
    }

    /// <summary>Whether a viewer sees no difference to the bot as it was before; a name that was not known yet is none.</summary>
    public bool LooksLike(PageBot before) =>
        (Status, JoinAt, Lateness, Reason) == (before.Status, before.JoinAt, before.Lateness, before.Reason)
        && (before.Name is null || Name == before.Name);

    /// <summary>The status callers see at an instant.</summary>
    public BotStatus StatusAt(DateTimeOffset now) => Status == BotStatus.Staged && WasArmed && JoinAt <= now ? BotStatus.Joining : Status;
}
