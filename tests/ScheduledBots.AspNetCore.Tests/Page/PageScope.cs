using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using ScheduledBots.AspNetCore.Page;
using ScheduledBots.Lifecycle;

namespace ScheduledBots.AspNetCore.Tests.Page;

/// <summary>A service with a page of one test's own, and a client of it.</summary>
internal sealed class PageScope(Service service) : IAsyncDisposable
{
    public Service Service { get; } = service;

    public PageClient Client { get; } = new(service.Address);

    public IBotScheduler Scheduler => Service.Services.GetRequiredService<IBotScheduler>();

    public PageEvents Events => Service.Services.GetRequiredKeyedService<PageEvents>("");

    public (int Viewers, int Models) OpenPages => Events.Count;

    /// <summary>A service whose page anybody may see, unless it says otherwise.</summary>
    public static async Task<PageScope> StartAsync(Service? service = null)
    {
        service ??= new Service { GrantPage = page => page.AllowAnonymous() };
        await service.InitializeAsync();
        return new PageScope(service);
    }

    public async Task<Bot> ScheduleAsync(TimeSpan? ahead, string name = "Notes", string tenant = "") => (await Scheduler.ScheduleAsync(new BotRequest
    {
        MeetingUrl = new Uri("https://meet.example.com/secret-room"),
        Name = name,
        Tenant = tenant,
        Metadata = "secret metadata",
        JoinAt = ahead is { } lead ? TimeProvider.System.GetUtcNow() + lead : null,
    })).Bot;

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await Service.DisposeAsync();
    }
}
