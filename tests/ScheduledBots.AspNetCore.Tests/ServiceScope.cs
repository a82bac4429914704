using System.Text;

namespace ScheduledBots.AspNetCore.Tests;

/// <summary>A service of one test's own, which ends with it.</summary>
internal sealed class ServiceScope(Service service) : IAsyncDisposable
{
    public static async Task<ServiceScope> StartAsync(Service service)
    {
        await service.InitializeAsync();
        return new ServiceScope(service);
    }

    public Task<Answer> SendAsync(HttpMethod method, string path, string? json, params (string Name, string Value)[] headers) =>
        service.SendAsync(method, path, json is null ? null : Encoding.UTF8.GetBytes(json), "application/json", headers);

    public async ValueTask DisposeAsync() => await service.DisposeAsync();
}
