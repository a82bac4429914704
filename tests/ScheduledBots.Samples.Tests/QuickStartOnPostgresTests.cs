using ScheduledBots.TestDatabase;

namespace ScheduledBots.Samples.Tests;

[Collection(Processes.Name)]
public sealed class QuickStartOnPostgresTests : QuickStartSuite, IAsyncLifetime
{
    private readonly PostgresServer _server = new();

    protected override string Storage => "postgres";

    public Task InitializeAsync() => _server.StartAsync();

    public Task DisposeAsync() => _server.StopAsync();

    protected override Task<string> NewConnectionAsync() => _server.CreateDatabaseAsync();
}
