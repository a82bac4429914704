using BotApi.Endpoints;
using BotApi.Problems;

namespace BotApi;

/// <summary>Builds the application; a test builds the same one with other settings.</summary>
internal static class BotApplication
{
    /// <summary>Whoever reaches the port can send bots into meetings, and this sample asks nobody who he is: loopback only.</summary>
    private const string DefaultUrl = "http://127.0.0.1:5080";

    public static WebApplication Create(string[] args, Action<WebApplicationBuilder>? configure = null)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder(args);
        if (builder.Configuration[WebHostDefaults.ServerUrlsKey] is null)
        {
            builder.WebHost.UseUrls(DefaultUrl);
        }

        builder.Logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning);
        builder.Services.AddProblemDetails();
        builder.Services.ConfigureHttpJsonOptions(options => options.SerializerOptions.TypeInfoResolverChain.Add(ProblemJson.Default));
        builder.Services.AddScheduledBots(builder.Configuration.GetSection("ScheduledBots"))
            .UseInMemoryStorage()
            .UseResourceAllocator<DemoBrowsers>()
            .UseMeetingJoiner<DemoBrowsers>();
        configure?.Invoke(builder);

        WebApplication app = builder.Build();
        app.UseExceptionHandler();
        app.UseStatusCodePages(page => BotProblem.OfStatus(page.HttpContext.Response.StatusCode).ExecuteAsync(page.HttpContext));
        app.MapBots();
        return app;
    }
}
