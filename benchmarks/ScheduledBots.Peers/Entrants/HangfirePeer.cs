using Hangfire;
using Hangfire.InMemory;
using Hangfire.PostgreSql;
using Hangfire.States;

namespace ScheduledBots.Peers.Entrants;

/// <summary>
/// Delayed jobs of Hangfire. Tuned: polls for what is due, and its queues, every tenth of a second, and has twenty workers.
/// </summary>
internal sealed class HangfirePeer(string? connection, bool isTuned) : IPeer
{
    private const int Writers = 8;
    private static readonly TimeSpan TunedPoll = TimeSpan.FromMilliseconds(100);

    private BackgroundJobServer? _server;
    private BackgroundJobClient? _client;

    public Func<object, DateTimeOffset, Task> Reschedule => (id, at) =>
    {
        _client!.ChangeState((string)id, new ScheduledState(at.UtcDateTime));
        return Task.CompletedTask;
    };

    public Func<object, Task> Cancel => id =>
    {
        _client!.Delete((string)id);
        return Task.CompletedTask;
    };

    public Task StartAsync()
    {
        JobStorage storage = connection is null ? new InMemoryStorage() : NewPostgres(connection);
        var options = new BackgroundJobServerOptions();
        if (isTuned)
        {
            options.SchedulePollingInterval = TunedPoll;
            options.WorkerCount = 20;
        }

        _client = new BackgroundJobClient(storage);
        _server = new BackgroundJobServer(options, storage);
        return Task.CompletedTask;
    }

    public Task<object> ScheduleAsync(Job job) => Task.FromResult<object>(Schedule(job));

    /// <summary>It has no call for many, so several writers share them.</summary>
    public Task ScheduleManyAsync(IReadOnlyList<Job> jobs) =>
        Task.Run(() => Parallel.ForEach(jobs, new ParallelOptions { MaxDegreeOfParallelism = Writers }, job => Schedule(job)));

    public ValueTask DisposeAsync()
    {
        _server?.SendStop();
        return default;
    }

    private string Schedule(Job job) => _client!.Schedule(() => HangfireJob.Run(job.Index), job.At);

    private PostgreSqlStorage NewPostgres(string database)
    {
        var options = new PostgreSqlStorageOptions();
        if (isTuned)
        {
            options.QueuePollInterval = TunedPoll;
            options.EnableLongPolling = true;
        }

        var storage = new PostgreSqlStorage(new Hangfire.PostgreSql.Factories.NpgsqlConnectionFactory(database, options), options);
        return storage;
    }
}
