using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Docs;

internal static class Databases
{
    public static void AddHostsContext(IServiceCollection services, string connectionString)
    {
        services.AddDbContextFactory<AppDbContext>(options => options.UseNpgsql(connectionString));
        services.AddScheduledBots()
            .UseEfCoreStorage<AppDbContext>()
            .UseResourceAllocator<MachineAllocator>()
            .UseMeetingJoiner<MachineJoiner>();
    }

    public static void AddOwnContext(IServiceCollection services)
    {
        services.AddScheduledBots()
            .UseEfCoreStorage(options => options.UseSqlite("Data Source=bots.db"))
            .UseResourceAllocator<MachineAllocator>()
            .UseMeetingJoiner<MachineJoiner>();
    }

    public static void AddFront(IServiceCollection services, string connectionString)
    {
        services.AddScheduledBots()
            .UseEfCoreStorage(options => options.UseNpgsql(connectionString))
            .ScheduleOnly();
    }
}
