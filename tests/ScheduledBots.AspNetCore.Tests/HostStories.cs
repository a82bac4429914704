using System.Net;
using BotApi;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace ScheduledBots.AspNetCore.Tests;

/// <summary>What the host says: who may call, for which tenant, and what it documents; and the sample, which is such a host.</summary>
public sealed class HostStories
{
    private const string Bots = "/api/v1/bots";

    [Fact]
    public async Task A_tenant_sees_its_own_bots_alone()
    {
        await using ServiceScope scope = await ServiceScope.StartAsync(new Service
        {
            ConfigureHttp = options => options.Tenant = context => context.Request.Headers["X-Tenant"] is [{ } tenant] ? tenant : null,
        });
        Answer created = await scope.SendAsync(HttpMethod.Post, Bots, Body(), ("X-Tenant", "blue"));

        Answer own = await scope.SendAsync(HttpMethod.Get, $"{Bots}/{created.Id}", null, ("X-Tenant", "blue"));
        Answer other = await scope.SendAsync(HttpMethod.Get, $"{Bots}/{created.Id}", null, ("X-Tenant", "red"));
        Answer changed = await scope.SendAsync(HttpMethod.Delete, $"{Bots}/{created.Id}", null, ("X-Tenant", "red"));
        Answer list = await scope.SendAsync(HttpMethod.Get, Bots, null, ("X-Tenant", "red"));

        Assert.Equal(created.Id, own.Id);
        other.IsProblem(HttpStatusCode.NotFound, "bot_not_found");
        changed.IsProblem(HttpStatusCode.NotFound, "bot_not_found");
        Assert.Equal(0, list.Member("bots")!.Value.GetArrayLength());
    }

    [Fact]
    public async Task A_request_that_speaks_for_no_tenant_is_refused()
    {
        await using ServiceScope scope = await ServiceScope.StartAsync(new Service
        {
            ConfigureHttp = options => options.Tenant = context => context.Request.Headers["X-Tenant"] is [{ } tenant] ? tenant : null,
        });

        (await scope.SendAsync(HttpMethod.Get, Bots, null)).IsProblem(HttpStatusCode.Forbidden, "tenant_refused");
        (await scope.SendAsync(HttpMethod.Post, Bots, Body(), ("X-Tenant", new string('t', BotRequest.MaxTenantLength + 1))))
            .IsProblem(HttpStatusCode.Forbidden, "tenant_refused");
    }

    [Fact]
    public async Task The_conventions_of_the_host_hold_for_every_endpoint()
    {
        await using ServiceScope scope = await ServiceScope.StartAsync(new Service
        {
            ConfigureEndpoints = bots => bots.AddEndpointFilter((_, _) => ValueTask.FromResult<object?>(TypedResults.Unauthorized())),
        });
        (HttpMethod Method, string Path)[] calls =
        [
            (HttpMethod.Post, Bots), (HttpMethod.Get, Bots), (HttpMethod.Get, $"{Bots}/x"), (HttpMethod.Patch, $"{Bots}/x"),
            (HttpMethod.Delete, $"{Bots}/x"), (HttpMethod.Get, $"{Bots}/x/history"),
        ];

        foreach ((HttpMethod method, string path) in calls)
        {
            Assert.Equal(HttpStatusCode.Unauthorized, (await scope.SendAsync(method, path, method == HttpMethod.Get ? null : Body())).Status);
        }
    }

    [Fact]
    public async Task The_OpenAPI_document_has_every_call_and_the_fields_as_they_are_sent()
    {
        await using ServiceScope scope = await ServiceScope.StartAsync(new Service());

        Answer document = await scope.SendAsync(HttpMethod.Get, "/openapi/v1.json", null);

        Assert.Equal(HttpStatusCode.OK, document.Status);
        Assert.Equal(["get", "post"], Names(document, "paths", Bots));
        Assert.Equal(["delete", "get", "patch"], Names(document, "paths", Bots + "/{id}"));
        Assert.Equal(["get"], Names(document, "paths", Bots + "/{id}/history"));
        Assert.Equal(
            ["bot_name", "deduplication_key", "join_at", "meeting_url", "metadata"], Names(document, "components", "schemas", "CreateBotBody", "properties"));
        Assert.Equal(
            ["200", "201", "400", "409", "413", "415"], Names(document, "paths", Bots, "post", "responses"));
        Assert.Contains("deduplication_key", Names(document, "components", "schemas", "BotView", "properties"));
    }

    [Fact]
    public async Task The_sample_keeps_its_bots_in_a_file()
    {
        string folder = Directory.CreateTempSubdirectory("botapi").FullName;
        try
        {
            string id = await WithSampleAsync(folder, async client =>
            {
                using HttpResponseMessage response = await client.PostAsync(new Uri(Bots, UriKind.Relative), new StringContent(Body(), null, "application/json"));
                return (await Answer.ReadAsync(response)).Id;
            });

            Answer read = await WithSampleAsync(folder, async client =>
            {
                using HttpResponseMessage response = await client.GetAsync(new Uri($"{Bots}/{id}", UriKind.Relative));
                return await Answer.ReadAsync(response);
            });

            Assert.Equal("scheduled", read.Text("state"));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>Whoever starts it elsewhere than in development has to say who may see the page.</summary>
    [Theory]
    [InlineData("Development", HttpStatusCode.OK)]
    [InlineData("Production", HttpStatusCode.NotFound)]
    public async Task The_samples_page_is_open_in_development_alone(string environment, HttpStatusCode expected)
    {
        string folder = Directory.CreateTempSubdirectory("botapi").FullName;
        try
        {
            HttpStatusCode status = await WithSampleAsync(
                folder,
                async client =>
                {
                    using HttpResponseMessage response = await client.GetAsync(new Uri("/bots/", UriKind.Relative));
                    return response.StatusCode;
                },
                environment);

            Assert.Equal(expected, status);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<T> WithSampleAsync<T>(string folder, Func<HttpClient, Task<T>> use, string environment = "Production")
    {
        await using WebApplication app = BotApplication.Create(
            ["--environment", environment, "--ConnectionStrings:Sqlite", $"Data Source={Path.Combine(folder, "bots.db")};Pooling=False"],
            builder =>
            {
                builder.WebHost.UseUrls("http://127.0.0.1:0");
                builder.Logging.ClearProviders();
            });
        await app.StartAsync();
        using var client = new HttpClient { BaseAddress = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single()) };
        return await use(client);
    }

    private static IEnumerable<string> Names(Answer document, params string[] path) =>
        document.Member(path)!.Value.EnumerateObject().Select(member => member.Name).Order(StringComparer.Ordinal);

    private static string Body() =>
        $$"""{ "meeting_url": "https://meet.example.com/abc", "bot_name": "Notes", "join_at": "{{Service.In(TimeSpan.FromDays(1))}}" }""";
}
