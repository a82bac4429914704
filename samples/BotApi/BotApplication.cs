using Microsoft.AspNetCore.WebUtilities;
using Microsoft.EntityFrameworkCore;

namespace BotApi;

/// <summary>Builds the application; a test builds the same one with other settings.</summary>
internal static class BotApplication
{
    /// <summary>Whoever reaches the port can send bots into meetings, and this sample asks nobody who he is: loopback only.</summary>
    private const string DefaultUrl = "http://127.0.0.1:5080";

    private const string DefaultSqlite = "Data Source=bots.db";

    public static WebApplication Create(string[] args, Action<WebApplicationBuilder>? configure = null)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder(args);
        if (builder.Configuration[WebHostDefaults.ServerUrlsKey] is null)
        {
            builder.WebHost.UseUrls(DefaultUrl);
        }

        builder.Logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning).AddFilter("Microsoft.EntityFrameworkCore", LogLevel.Warning);
        builder.Services.AddOpenApi();
        builder.Services.AddProblemDetails(options => options.CustomizeProblemDetails = Name);
        builder.Services.AddScheduledBots(builder.Configuration.GetSection("ScheduledBots"))
            .UseEfCoreStorage(options => Choose(options, builder.Configuration))
            .UseResourceAllocator<DemoBrowsers>()
            .UseMeetingJoiner<DemoBrowsers>()
            .AddSchedulePage();
        configure?.Invoke(builder);

        WebApplication app = builder.Build();
        app.UseExceptionHandler();
        app.UseStatusCodePages();
        app.MapOpenApi();
        app.MapScheduledBots("/api/v1/bots");
        MapPage(app);
        return app;
    }

    /// <summary>The page is closed unless somebody opens it. In development, on the loopback, this sample does; a real host requires authorization.</summary>
    private static void MapPage(WebApplication app)
    {
        RouteGroupBuilder page = app.MapScheduledBotsPage("/bots");
        if (app.Environment.IsDevelopment())
        {
            page.AllowAnonymous();
        }
    }

    /// <summary>PostgreSQL where the configuration has a connection string for it, or a file beside the program.</summary>
    private static void Choose(DbContextOptionsBuilder options, ConfigurationManager configuration)
    {
        if (configuration.GetConnectionString("Postgres") is { } postgres)
        {
            options.UseNpgsql(postgres);
        }
        else
        {
            options.UseSqlite(configuration.GetConnectionString("Sqlite") ?? DefaultSqlite);
        }
    }

    /// <summary>What the host refuses itself, such as a path that is not there, has a code as the refusals of the endpoints have.</summary>
    private static void Name(ProblemDetailsContext context) => context.ProblemDetails.Extensions["code"] =
        ReasonPhrases.GetReasonPhrase(context.HttpContext.Response.StatusCode).ToLowerInvariant().Replace(' ', '_');
}
