using Microsoft.EntityFrameworkCore.Query;
using ScheduledBots.Storage.EfCore.Model;

namespace ScheduledBots.Storage.EfCore.Portable;

/// <summary>The columns of one writer each, for an update. Version and attempt are said by the statement itself.</summary>
internal static class BotSetters
{
    public static UpdateSettersBuilder<BotEntity> SetEngines(this UpdateSettersBuilder<BotEntity> setters, BotEntity row) => setters
        .SetProperty(bot => bot.State, row.State)
        .SetProperty(bot => bot.Owner, row.Owner)
        .SetProperty(bot => bot.Fence, row.Fence)
        .SetProperty(bot => bot.StagedFence, row.StagedFence)
        .SetProperty(bot => bot.ArmedUntil, row.ArmedUntil)
        .SetProperty(bot => bot.PossiblyStarted, row.PossiblyStarted)
        .SetProperty(bot => bot.Resource, row.Resource)
        .SetProperty(bot => bot.ResourcePortable, row.ResourcePortable)
        .SetProperty(bot => bot.Crashes, row.Crashes)
        .SetProperty(bot => bot.AllocatingFence, row.AllocatingFence)
        .SetProperty(bot => bot.NotBefore, row.NotBefore)
        .SetProperty(bot => bot.StartedAt, row.StartedAt)
        .SetProperty(bot => bot.SettledAt, row.SettledAt)
        .SetProperty(bot => bot.ErrorCode, row.ErrorCode)
        .SetProperty(bot => bot.Error, row.Error);

    public static UpdateSettersBuilder<BotEntity> SetCallers(this UpdateSettersBuilder<BotEntity> setters, BotEntity row) => setters
        .SetProperty(bot => bot.JoinAt, row.JoinAt)
        .SetProperty(bot => bot.MeetingUrl, row.MeetingUrl)
        .SetProperty(bot => bot.Name, row.Name)
        .SetProperty(bot => bot.Metadata, row.Metadata);
}
