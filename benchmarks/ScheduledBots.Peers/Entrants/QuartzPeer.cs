using System.Globalization;
using Quartz;

namespace ScheduledBots.Peers.Entrants;

/// <summary>
/// One stored job and a trigger a bot, which is named by its index: the least that Quartz can be asked to keep.
/// Tuned: a hundred threads, as its reference has it for many triggers at once, and the shortest idle wait and check-in. On a database a
/// batch has as many triggers as there are threads of itself; in memory it stays at one, which its authors measured to be quicker
/// for jobs that run once. The window for firing ahead stays closed, because it fires early.
/// </summary>
internal sealed class QuartzPeer(string? connection, bool isTuned) : IPeer
{
    private const int TunedThreads = 100;

    private IScheduler? _scheduler;
    private IJobDetail? _job;

    public Func<object, DateTimeOffset, Task> Reschedule =>
        (key, at) => _scheduler!.RescheduleJob((TriggerKey)key, NewTrigger((TriggerKey)key, at)).AsTask();

    public Func<object, Task> Cancel => key => _scheduler!.UnscheduleJob((TriggerKey)key).AsTask();

    public async Task StartAsync()
    {
        _scheduler = await QuartzSchedulerBuilder.Create(Configure).BuildScheduler();
        _job = JobBuilder.Create<QuartzJob>().WithIdentity("bot").StoreDurably().Build();
        await _scheduler.AddJob(_job, new AddJobOptions { Replace = true });
        await _scheduler.Start();
    }

    public async Task<object> ScheduleAsync(Job job)
    {
        ITrigger trigger = NewTrigger(KeyOf(job), job.At);
        await _scheduler!.ScheduleJob(trigger);
        return trigger.Key;
    }

    public Task ScheduleManyAsync(IReadOnlyList<Job> jobs) => _scheduler!.ScheduleJobs(
        new Dictionary<IJobDetail, IReadOnlyCollection<ITrigger>> { [_job!] = [.. jobs.Select(job => NewTrigger(KeyOf(job), job.At))] },
        ScheduleJobOptions.Replacing).AsTask();

    public async ValueTask DisposeAsync()
    {
        if (_scheduler is not null)
        {
            await _scheduler.Shutdown(waitForJobsToComplete: false);
        }
    }

    private static TriggerKey KeyOf(Job job) => new(job.Index >= 0 ? job.Index.ToString(CultureInfo.InvariantCulture) : $"-{Guid.NewGuid():N}");

    private static ITrigger NewTrigger(TriggerKey key, DateTimeOffset at) => TriggerBuilder.Create().WithIdentity(key).ForJob("bot").StartAt(at).Build();

    private void Configure(IQuartzBuilder quartz)
    {
        quartz.ConfigureScheduler(options =>
        {
            options.GenerateInstanceId = true;
            if (isTuned)
            {
                options.IdleWaitTime = TimeSpan.FromSeconds(1);
            }
        });
        if (isTuned)
        {
            quartz.UseDefaultThreadPool(TunedThreads);
        }

        if (connection is not null)
        {
            quartz.UsePersistentStore(store =>
            {
                store.UsePostgres(Npgsql.NpgsqlFactory.Instance, connection);
                store.ProvisionSchema();
                store.UseClustering(clustering => clustering.CheckinInterval = isTuned ? TimeSpan.FromSeconds(1) : clustering.CheckinInterval);
            });
        }
    }
}
