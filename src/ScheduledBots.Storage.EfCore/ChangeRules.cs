using System.Diagnostics;
using ScheduledBots.Lifecycle;

namespace ScheduledBots.Storage.EfCore;

/// <summary>What a caller's change makes of a row as it was read. Whether it is still so is decided by the write, on the version.</summary>
internal static class ChangeRules
{
    public static ChangeVerdict Judge(BotChange change, BotSnapshot? row) =>
        row is null || (change.Tenant is { } tenant && tenant != row.Tenant) ? ChangeVerdict.NotFound
        : !IsPossible(change, row) ? ChangeVerdict.WrongState
        : change.ExpectedVersion is { } expected && expected != row.Version ? ChangeVerdict.WrongVersion
        : ChangeVerdict.Applied;

    public static BotSnapshot Changed(BotChange change, BotSnapshot row)
    {
        Bot bot = Bot.FromSnapshot(row);
        Bot next = change.Kind switch
        {
            BotChangeKind.Cancel => ((ScheduledBot)bot).Cancel(change.At),
            BotChangeKind.Abort => ((StagedBot)bot).Abort(change.At),
            BotChangeKind.Update when change.Fences => ((ScheduledBot)bot).Redirect(row.MeetingUrl, row.Name),
            _ => bot,
        };
        return next.ToSnapshot() with
        {
            JoinAt = change.JoinAt ?? row.JoinAt,
            MeetingUrl = change.MeetingUrl ?? row.MeetingUrl,
            Name = change.Name ?? row.Name,
            Metadata = change.Metadata ?? row.Metadata,
            Version = row.Version + 1,
        };
    }

    public static IReadOnlyList<BotHistoryLine> History(BotChange change, BotSnapshot row, BotSnapshot next) => change.Fences
        ? [new BotHistoryLine(change.At, row.Status, next.Status, null, next.Attempt, next.LastFailure?.Reason)]
        : [];

    private static bool IsPossible(BotChange change, BotSnapshot row) => change.Kind switch
    {
        BotChangeKind.Update => !change.Fences || row.Status == BotStatus.Scheduled,
        BotChangeKind.Cancel => row.Status == BotStatus.Scheduled,
        BotChangeKind.Abort => row.Status == BotStatus.Staged && row.ArmedUntil is null,
        _ => throw new UnreachableException($"{change.Kind} is not a change"),
    };
}
