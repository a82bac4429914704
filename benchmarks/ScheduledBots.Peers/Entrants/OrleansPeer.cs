using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans.DurableJobs;
using Orleans.Hosting;

namespace ScheduledBots.Peers.Entrants;

/// <summary>
/// A silo of its own with durable jobs in memory (the alpha has no store for PostgreSQL), a grain a job. Tuned: no slow
/// start. How many jobs run at once is not limited below the herd by default.
/// </summary>
internal sealed class OrleansPeer(bool isTuned) : IPeer
{
    private IHost? _host;
    private ILocalDurableJobManager? _jobs;
    private IGrainFactory? _grains;

    /// <summary>A job cannot be moved; a cancel and another job is another thing.</summary>
    public Func<object, DateTimeOffset, Task>? Reschedule => null;

    public Func<object, Task> Cancel => job => _jobs!.CancelAsync((DurableJob)job, CancellationToken.None);

    public async Task StartAsync()
    {
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(null);
        builder.UseOrleans(silo =>
        {
            silo.UseLocalhostClustering().UseInMemoryDurableJobs();
            if (isTuned)
            {
                silo.Services.Configure<DurableJobsOptions>(options => options.ConcurrencySlowStartEnabled = false);
            }
        });
        _host = builder.Build();
        await _host.StartAsync();
        _jobs = _host.Services.GetRequiredService<ILocalDurableJobManager>();
        _grains = _host.Services.GetRequiredService<IGrainFactory>();
    }

    public async Task<object> ScheduleAsync(Job job) => await _jobs!.ScheduleJobAsync(
        new ScheduleJobRequest
        {
            Target = _grains!.GetGrain<IOrleansBot>(job.Index).GetGrainId(),
            JobName = job.Index.ToString(CultureInfo.InvariantCulture),
            DueTime = job.At,
        },
        CancellationToken.None);

    public Task ScheduleManyAsync(IReadOnlyList<Job> jobs) => Task.WhenAll(jobs.Select(ScheduleAsync));

    public ValueTask DisposeAsync()
    {
        _host?.Dispose();
        return default;
    }
}
