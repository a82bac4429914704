using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using ScheduledBots.Storage;

namespace ScheduledBots.Chaos.Races;

/// <summary>A scheduler and its store on connections of their own, as another process would have them.</summary>
internal sealed class RaceLane : IAsyncDisposable
{
    /// <summary>A race keeps the database so busy that it is asked often before it answers.</summary>
    public const int MaxTries = 50;

    private readonly ServiceProvider _services;

    public RaceLane(string connectionString, string name)
    {
        // Another name is another pool.
        string own = new NpgsqlConnectionStringBuilder(connectionString) { ApplicationName = name }.ConnectionString;
        var services = new ServiceCollection();
        services.AddScheduledBots().UseEfCoreStorage(options => options.UseNpgsql(own)).ScheduleOnly();
        _services = services.BuildServiceProvider();
    }

    public IBotScheduler Scheduler => _services.GetRequiredService<IBotScheduler>();

    public IBotStore Store => _services.GetRequiredKeyedService<IBotStore>("");

    public ValueTask DisposeAsync() => _services.DisposeAsync();
}
