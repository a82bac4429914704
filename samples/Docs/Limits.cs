using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Docs;

internal static class Limits
{
    public static void AddBots(HostApplicationBuilder builder) =>
        builder.Services.AddScheduledBots(options =>
        {
            options.StagingLead = TimeSpan.FromMinutes(4);         // a machine starts in 90 seconds, on a bad day in three minutes
            options.AllocationTimeout = TimeSpan.FromMinutes(3);
            options.MaxConcurrentAllocations = 20;                 // what the cloud starts at once
            options.MaxConcurrentJoins = 200;                      // what the network takes at once
            options.JoinTimeout = TimeSpan.FromMinutes(10);        // lobbies
        })
        .UseInMemoryStorage()
        .UseResourceAllocator<MachineAllocator>()
        .UseMeetingJoiner<MachineJoiner>();
}
