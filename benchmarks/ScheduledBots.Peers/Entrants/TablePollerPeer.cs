using Npgsql;

namespace ScheduledBots.Peers.Entrants;

/// <summary>What many services have: a table, and a loop that asks it again and again for what is due.</summary>
internal sealed class TablePollerPeer(string connection, TimeSpan interval) : IPeer
{
    private const int MaxTaken = 1_000;
    private readonly NpgsqlDataSource _source = NpgsqlDataSource.Create(connection);
    private readonly CancellationTokenSource _end = new();
    private Task _loop = Task.CompletedTask;

    public Func<object, DateTimeOffset, Task> Reschedule => (id, at) => RunAsync("UPDATE jobs SET at = $2 WHERE id = $1 AND NOT done", id, at);

    public Func<object, Task> Cancel => id => RunAsync("DELETE FROM jobs WHERE id = $1 AND NOT done", id);

    public async Task StartAsync()
    {
        await RunAsync("""
            CREATE TABLE IF NOT EXISTS jobs (id uuid PRIMARY KEY, number int NOT NULL, at timestamptz NOT NULL, done boolean NOT NULL DEFAULT false);
            CREATE INDEX IF NOT EXISTS jobs_due ON jobs (at) WHERE NOT done
            """);
        _loop = Task.Run(PollAsync);
    }

    public async Task<object> ScheduleAsync(Job job)
    {
        var id = Guid.CreateVersion7();
        await RunAsync("INSERT INTO jobs (id, number, at) VALUES ($1, $2, $3)", id, job.Index, job.At);
        return id;
    }

    public Task ScheduleManyAsync(IReadOnlyList<Job> jobs) => RunAsync(
        "INSERT INTO jobs (id, number, at) SELECT gen_random_uuid(), number, at FROM unnest($1, $2) AS new (number, at)",
        jobs.Select(job => job.Index).ToArray(),
        jobs.Select(job => job.At).ToArray());

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _loop.ContinueWith(static _ => { }, TaskScheduler.Default);
        await _source.DisposeAsync();
        _end.Dispose();
    }

    private async Task PollAsync()
    {
        using var timer = new PeriodicTimer(interval);
        while (await timer.WaitForNextTickAsync(_end.Token))
        {
            while (await TakeAsync() == MaxTaken)
            {
                // A full take: there is more.
            }
        }
    }

    private async Task<int> TakeAsync()
    {
        await using NpgsqlCommand command = _source.CreateCommand("""
            UPDATE jobs SET done = true
            WHERE id IN (SELECT id FROM jobs WHERE NOT done AND at <= $1 ORDER BY at LIMIT $2 FOR UPDATE SKIP LOCKED) RETURNING number
            """);
        command.Parameters.Add(new NpgsqlParameter { Value = DateTimeOffset.UtcNow });
        command.Parameters.Add(new NpgsqlParameter { Value = MaxTaken });
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync();
        int taken = 0;
        for (; await reader.ReadAsync(); taken++)
        {
            Entry.Enter(reader.GetInt32(0));
        }

        return taken;
    }

    private async Task RunAsync(string sql, params object[] values)
    {
        await using NpgsqlCommand command = _source.CreateCommand(sql);
        foreach (object value in values)
        {
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        }

        await command.ExecuteNonQueryAsync();
    }
}
