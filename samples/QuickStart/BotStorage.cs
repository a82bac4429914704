using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using ScheduledBots.DependencyInjection;

namespace QuickStart;

/// <summary>Where the bots are kept: the one line that differs.</summary>
internal static class BotStorage
{
    public static IScheduledBotsBuilder UseStorage(this IScheduledBotsBuilder builder, Arguments arguments) => arguments.Storage switch
    {
        Arguments.Sqlite => builder.UseEfCoreStorage(options => options.UseSqlite(arguments.Connection)),
        Arguments.Postgres => builder.UseEfCoreStorage(options => options.UseNpgsql(arguments.Connection)),
        _ => builder.UseInMemoryStorage(),
    };
}
