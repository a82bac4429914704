using System.Globalization;
using Npgsql;
using ScheduledBots.Measuring;

namespace ScheduledBots.Benchmarks.Stored;

/// <summary>Fills the table inside of the server: half of the bots are ahead, over a month, half are settled and not yet pruned.</summary>
internal static class StoredFill
{
    private const int Piece = 1_000_000;

    private static readonly string[] Columns =
    [
        "scheduler", "id", "tenant", "dedup_key", "request_hash", "join_at", "version", "meeting_url", "name", "metadata", "created_at", "state", "fence",
        "attempt", "possibly_started", "resource_portable", "crashes", "started_at", "settled_at",
    ];

    public static async Task FillAsync(string connectionString, int count)
    {
        await using NpgsqlDataSource source = Source(connectionString);
        List<string> indexes = await ReadAsync(source, "SELECT indexdef FROM pg_indexes WHERE tablename = 'scheduled_bots' AND indexname <> 'pk_scheduled_bots'");
        List<string> names = await ReadAsync(source, "SELECT indexname FROM pg_indexes WHERE tablename = 'scheduled_bots' AND indexname <> 'pk_scheduled_bots'");
        await RunAsync(source, $"ALTER TABLE scheduled_bots DROP CONSTRAINT pk_scheduled_bots; DROP INDEX {string.Join(", ", names)}");
        for (int first = 0; first < count; first += Piece)
        {
            // Every second one is ahead, over a month but for the next hour; the others settled within the last days.
            await RunAsync(source, Insert(first, Math.Min(Piece, count - first), """
                now() + CASE WHEN n % 2 = 0 THEN interval '1 hour' + random() * interval '30 days' ELSE interval '-1 hour' - random() * interval '6 days' END
                """));
        }

        await RunAsync(source, "ALTER TABLE scheduled_bots ADD CONSTRAINT pk_scheduled_bots PRIMARY KEY (scheduler, id)");
        foreach (string index in indexes)
        {
            await RunAsync(source, index);
        }

        await RunAsync(source, "VACUUM (ANALYZE) scheduled_bots");
        await RunAsync(source, "CHECKPOINT");
    }

    /// <summary>Adds bots that are due in about five minutes, all within the horizon and none yet within the arm lead.</summary>
    public static async Task AddDueAsync(string connectionString, int count)
    {
        await using NpgsqlDataSource source = Source(connectionString);
        await RunAsync(source, Insert(2_000_000_000, count, "now() + interval '5 minutes' + random() * interval '1 minute'"));
    }

    public static async Task<IReadOnlyList<Figure>> SizesAsync(string connectionString, int stored)
    {
        await using NpgsqlDataSource source = Source(connectionString);
        List<Figure> figures = [];
        foreach (string relation in (string[])["scheduled_bots", .. await ReadAsync(source, "SELECT indexname FROM pg_indexes WHERE tablename = 'scheduled_bots' ORDER BY 1")])
        {
            string size = (await ReadAsync(source, $"SELECT pg_relation_size('{relation}')::text"))[0];
            figures.Add(new Figure("PostgreSQL", $"size of {relation}", double.Parse(size, CultureInfo.InvariantCulture) / stored, "bytes a bot"));
        }

        return figures;
    }

    private static string Insert(int first, int count, string joinAt) => $$"""
        INSERT INTO scheduled_bots ({{string.Join(", ", Columns)}})
        SELECT '', (lpad(to_hex((extract(epoch FROM now()) * 1000)::bigint - n / 100), 12, '0') || '7' || substr(md5(n::text), 1, 3) || '8' || substr(md5(n::text), 4, 15))::uuid,
            '', 'event-' || n || '@calendar.example.com', sha256(n::text::bytea), (extract(epoch FROM at) * 1000000)::bigint,
            CASE WHEN at > now() THEN 0 ELSE 5 END, 'https://meet.example.com/rooms/' || n || '?pwd=0123456789abcdef', 'Weekly review ' || n,
            '{"calendar":"primary","event":"event-' || n || '","language":"en"}', (extract(epoch FROM now()) * 1000000)::bigint,
            CASE WHEN at > now() THEN 0 ELSE 3 END, CASE WHEN at > now() THEN 0 ELSE 1 END, CASE WHEN at > now() THEN 0 ELSE 1 END, FALSE, FALSE, 0,
            CASE WHEN at > now() THEN NULL ELSE (extract(epoch FROM at) * 1000000)::bigint END,
            CASE WHEN at > now() THEN NULL ELSE (extract(epoch FROM at) * 1000000)::bigint + 1000000 END
        FROM (SELECT n, {{joinAt}} AS at FROM generate_series({{first}}, {{first + count - 1}}) AS n OFFSET 0) AS drawn
        """;

    private static NpgsqlDataSource Source(string connectionString) => NpgsqlDataSource.Create(connectionString + ";Command Timeout=600");

    private static async Task RunAsync(NpgsqlDataSource source, string sql)
    {
        await using NpgsqlCommand command = source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }

    private static async Task<List<string>> ReadAsync(NpgsqlDataSource source, string sql)
    {
        await using NpgsqlCommand command = source.CreateCommand(sql);
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync();
        List<string> values = [];
        while (await reader.ReadAsync())
        {
            values.Add(reader.GetString(0));
        }

        return values;
    }
}
