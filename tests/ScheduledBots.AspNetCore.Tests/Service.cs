using System.Net.Http.Headers;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using ScheduledBots.Configuration;
using ScheduledBots.DependencyInjection;

namespace ScheduledBots.AspNetCore.Tests;

/// <summary>A host of the endpoints with bots in memory, listening on a free port of the loopback, and a client of it.</summary>
public sealed class Service : IAsyncLifetime
{
    private const string Bots = "/api/v1/bots";

    private static readonly HttpClient Client = new();

    private WebApplication? _app;
    private Uri? _address;

    /// <summary>Changes options before the service starts.</summary>
    internal Action<ScheduledBotsOptions> Configure { get; init; } = _ => { };

    /// <summary>Where bots are kept.</summary>
    internal Action<IScheduledBotsBuilder> Keep { get; init; } = builder => builder.UseInMemoryStorage();

    internal Action<ScheduledBotsEndpointOptions>? ConfigureHttp { get; init; }

    internal Action<IServiceCollection> ConfigureServices { get; init; } = _ => { };

    /// <summary>Puts conventions of the host on the endpoints.</summary>
    internal Action<RouteGroupBuilder> ConfigureEndpoints { get; init; } = _ => { };

    /// <summary>Maps the schedule page and grants access to it, or not; null maps none.</summary>
    internal Action<RouteGroupBuilder>? GrantPage { get; init; }

    /// <summary>What is logged at least.</summary>
    internal LogLevel LogLevel { get; init; } = LogLevel.Error;

    internal TestBrowsers Browsers { get; } = new();

    internal Uri Address => _address!;

    internal IServiceProvider Services => _app!.Services;

    internal Task StopAsync() => _app!.StopAsync();

    /// <summary>What the service and the library logged at <see cref="LogLevel"/> and above, the last ones first.</summary>
    internal IEnumerable<string> Errors =>
        _app!.Services.GetFakeLogCollector().GetSnapshot().Reverse().Select(record => $"{record.Message} {record.Exception}");

    public async Task InitializeAsync()
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders().AddFakeLogging().SetMinimumLevel(LogLevel);
        builder.Services.AddOpenApi();
        builder.Services.AddProblemDetails(details => details.CustomizeProblemDetails = context =>
            context.ProblemDetails.Extensions["code"] = context.HttpContext.Response.StatusCode == 404 ? "not_found" : "method_not_allowed");
        IScheduledBotsBuilder bots = builder.Services.AddScheduledBots(Configure).UseResourceAllocator(Browsers).UseMeetingJoiner(Browsers);
        Keep(GrantPage is null ? bots : bots.AddSchedulePage());
        ConfigureServices(builder.Services);
        _app = builder.Build();
        _app.UseExceptionHandler();
        _app.UseStatusCodePages();
        _app.MapOpenApi();
        ConfigureEndpoints(_app.MapScheduledBots(Bots, ConfigureHttp));
        if (GrantPage is not null)
        {
            GrantPage(_app.MapScheduledBotsPage("/bots", ConfigureHttp));
        }

        await _app.StartAsync();
        _address = new Uri(_app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());
    }

    public async Task DisposeAsync()
    {
        if (_app is not null)
        {
            await _app.DisposeAsync();
        }
    }

    /// <summary>The instant that lies so far ahead, in the notation of JSON.</summary>
    internal static string In(TimeSpan ahead) => TimeProvider.System.GetUtcNow().Add(ahead).ToString("O");

    internal Task<Answer> PostAsync(string json, string contentType = "application/json") => SendAsync(HttpMethod.Post, Bots, json, contentType);

    internal Task<Answer> PatchAsync(string id, string json) => SendAsync(HttpMethod.Patch, $"{Bots}/{id}", json);

    internal Task<Answer> GetAsync(string id) => SendAsync(HttpMethod.Get, $"{Bots}/{id}");

    internal Task<Answer> DeleteAsync(string id) => SendAsync(HttpMethod.Delete, $"{Bots}/{id}");

    internal Task<Answer> SendAsync(HttpMethod method, string path, string? json = null, string contentType = "application/json") =>
        SendAsync(method, path, json is null ? null : Encoding.UTF8.GetBytes(json), contentType);

    internal async Task<Answer> SendAsync(
        HttpMethod method, string path, byte[]? body, string? contentType, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, new Uri(_address!, path));
        foreach ((string name, string value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        if (body is not null)
        {
            request.Content = new ByteArrayContent(body);
            request.Content.Headers.ContentType = contentType is null ? null : MediaTypeHeaderValue.Parse(contentType);
        }

        using HttpResponseMessage response = await Client.SendAsync(request);
        return await Answer.ReadAsync(response);
    }

    /// <summary>Asks again until the bot is in a state; each question is a round trip, and half a minute ends it.</summary>
    internal async Task<Answer> UntilAsync(string id, string state)
    {
        TimeProvider time = TimeProvider.System;
        long started = time.GetTimestamp();
        while (true)
        {
            Answer answer = await GetAsync(id);
            if (answer.Text("state") == state)
            {
                return answer;
            }

            Assert.True(time.GetElapsedTime(started) < TimeSpan.FromSeconds(30), $"waited 30 seconds for {state}: {answer}");
        }
    }
}
