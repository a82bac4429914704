// One bot joins; its metrics and spans go to the console. Exit code 0 only if the health check says that all is well.
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Observability;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;
using ScheduledBots;

HostApplicationBuilder builder = Host.CreateApplicationBuilder(args);
builder.Services.AddScheduledBots()
    .UseInMemoryStorage()
    .UseResourceAllocator<DemoAllocator>()
    .UseMeetingJoiner<DemoJoiner>()
    .AddObserver<ConsoleObserver>()
    .AddHealthCheck();
builder.Services.AddOpenTelemetry()
    .WithMetrics(metrics => metrics.AddMeter("ScheduledBots").AddConsoleExporter())
    .WithTracing(tracing => tracing.AddSource("ScheduledBots").AddConsoleExporter());

using IHost host = builder.Build();
await host.StartAsync();
await host.Services.GetRequiredService<IBotScheduler>().ScheduleAsync(new BotRequest
{
    MeetingUrl = new Uri("https://meet.example.com/abc"),
    Name = "Notes",
    JoinAt = TimeProvider.System.GetUtcNow().AddSeconds(2),
});
await Task.Delay(TimeSpan.FromSeconds(4));
HealthReport health = await host.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync();
foreach ((string name, HealthReportEntry entry) in health.Entries)
{
    Console.WriteLine($"{name}: {entry.Status}, {entry.Description}");
}

await host.StopAsync();
return health.Status == HealthStatus.Healthy ? 0 : 1;
