using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using ScheduledBots.DependencyInjection;

namespace TwoNodes;

/// <summary>What all three processes have in common: the scheduler's name, its database, and a pace at which one can look on.</summary>
internal static class Bots
{
    public const string Scheduler = "two-nodes";

    public static IScheduledBotsBuilder AddBots(this IServiceCollection services, string connection, string nodeName = "") => services
        .AddScheduledBots(Scheduler, options =>
        {
            options.NodeName = nodeName;

            // Minutes in real life, and 6, 5 and 15 seconds for the last three: see docs/protocol.md before you shorten those.
            options.StagingLead = TimeSpan.FromSeconds(3);
            options.StagingSpread = TimeSpan.Zero;
            options.ArmLead = TimeSpan.FromSeconds(1);
            options.BeatInterval = TimeSpan.FromSeconds(0.5);
            options.NodeTimeToLive = TimeSpan.FromSeconds(3);
            options.StartWindow = TimeSpan.FromSeconds(1.5);
            options.AmbiguityHold = TimeSpan.FromSeconds(1);
        })
        .UseEfCoreStorage(database => database.UseNpgsql(connection));
}
