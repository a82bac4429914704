using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Npgsql;
using ScheduledBots.TestDatabase;

namespace ScheduledBots.Samples.Tests;

/// <summary>The BotApi as its user starts it, with a connection string of a real PostgreSQL.</summary>
[Collection(Processes.Name)]
public sealed class BotApiOnPostgresTests : IAsyncLifetime, IDisposable
{
    private const string Bots = "/api/v1/bots";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly PostgresServer _server = new();
    private readonly HttpClient _client = new();

    public Task InitializeAsync() => _server.StartAsync();

    public Task DisposeAsync() => _server.StopAsync();

    public void Dispose() => _client.Dispose();

    [Fact]
    public async Task Bots_are_kept_in_PostgreSQL_and_a_service_that_is_killed_and_started_again_has_them()
    {
        string connection = await _server.CreateDatabaseAsync();
        Uri scheduled;
        using (SampleProcess first = Start(connection))
        {
            Uri address = await AddressOfAsync(first);
            scheduled = await PostAsync(address, TimeProvider.System.GetUtcNow().AddDays(1));
            await UntilAsync(await PostAsync(address, null), "joined");
            await first.KillAsync();
        }

        Assert.Equal(2, await CountRowsAsync(connection));
        using SampleProcess second = Start(connection);
        Uri there = new(await AddressOfAsync(second), scheduled.AbsolutePath);
        string? found = await StateAsync(there);
        using HttpResponseMessage deleted = await _client.DeleteAsync(there);
        string? afterwards = await StateAsync(there);
        await second.TerminateAsync();
        (int exitCode, _, string error) = await second.EndAsync();

        Assert.Equal(("scheduled", HttpStatusCode.OK, "cancelled"), (found, deleted.StatusCode, afterwards));
        Assert.True(exitCode == 0, $"{exitCode}: {error}");
    }

    [Fact]
    public async Task It_serves_its_OpenAPI_document_there_too()
    {
        using SampleProcess service = Start(await _server.CreateDatabaseAsync());

        JsonElement document = await _client.GetFromJsonAsync<JsonElement>(new Uri(await AddressOfAsync(service), "/openapi/v1.json"));

        Assert.True(document.GetProperty("paths").TryGetProperty(Bots + "/{id}", out _));
    }

    private static SampleProcess Start(string connection) =>
        SampleProcess.Start("BotApi", "--ConnectionStrings:Postgres", connection, "--urls", "http://127.0.0.1:0");

    private static async Task<Uri> AddressOfAsync(SampleProcess service)
    {
        const string Words = "Now listening on: ";
        string line = await service.UntilAsync(line => line.Contains(Words, StringComparison.Ordinal), 1);
        return new Uri(line.Split(Words)[1]);
    }

    /// <summary>Schedules a bot, or sends one at once, and says where it can be read.</summary>
    private async Task<Uri> PostAsync(Uri address, DateTimeOffset? joinAt)
    {
        string when = joinAt is { } instant ? $", \"join_at\": \"{instant:O}\"" : "";
        using var body = new StringContent($$"""{ "meeting_url": "https://meet.example.com/abc", "bot_name": "Notes"{{when}} }""", null, "application/json");
        using HttpResponseMessage response = await _client.PostAsync(new Uri(address, Bots), body);
        Assert.True(response.StatusCode == HttpStatusCode.Created, $"{response.StatusCode}: {await response.Content.ReadAsStringAsync()}");
        return new Uri(address, response.Headers.Location!);
    }

    private async Task<string?> StateAsync(Uri bot) => (await _client.GetFromJsonAsync<JsonElement>(bot)).GetProperty("state").GetString();

    /// <summary>Asks until it is so; each question is a round trip.</summary>
    private async Task UntilAsync(Uri bot, string state)
    {
        long started = TimeProvider.System.GetTimestamp();
        while (await StateAsync(bot) is var found && found != state)
        {
            Assert.True(TimeProvider.System.GetElapsedTime(started) < Patience, $"waited for {state}, but the bot is {found}");
        }
    }

    /// <summary>Looks past the service into the table.</summary>
    private static async Task<long> CountRowsAsync(string connection)
    {
        await using var database = new NpgsqlConnection(connection);
        await database.OpenAsync();
        await using var command = new NpgsqlCommand("SELECT count(*) FROM scheduled_bots", database);
        return (long)(await command.ExecuteScalarAsync())!;
    }
}
