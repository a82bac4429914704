using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using ScheduledBots.DependencyInjection;
using ScheduledBots.Lifecycle;
using ScheduledBots.Testing;

namespace ScheduledBots.Storage.EfCore.Tests.HostTransactions;

/// <summary>A host with bookings and bots in one database.</summary>
internal sealed class BookingHost : IAsyncDisposable
{
    private readonly ServiceProvider _services;

    private BookingHost(ServiceProvider services, Heard heard)
    {
        _services = services;
        Heard = heard;
    }

    public Heard Heard { get; }

    public IBotScheduler Scheduler => _services.GetRequiredService<IBotScheduler>();

    public IScheduledBotsEngine Engine => _services.GetRequiredService<IScheduledBotsEngine>();

    public static async Task<BookingHost> OpenAsync(Action<DbContextOptionsBuilder> database, TimeProvider? time = null)
    {
        var heard = new Heard();
        var services = new ServiceCollection();
        services.AddSingleton(time ?? TimeProvider.System);
        services.AddDbContextFactory<BookingContext>(database);
        AddBots(services, "", heard);
        AddBots(services, "other", heard);
        var host = new BookingHost(services.BuildServiceProvider(), heard);
        await using BookingContext context = host.NewContext();
        await context.Database.EnsureCreatedAsync();
        return host;
    }

    public IBotScheduler Named(string name) => _services.GetRequiredKeyedService<IBotScheduler>(name);

    public BookingContext NewContext() => _services.GetRequiredService<IDbContextFactory<BookingContext>>().CreateDbContext();

    public static BotRequest Request(string? key = null, string name = "Notes", DateTimeOffset? joinAt = null) => new()
    {
        MeetingUrl = new Uri("https://meet.example/1"),
        Name = name,
        JoinAt = joinAt ?? new DateTimeOffset(TimeProvider.System.GetUtcNow().Date.AddDays(2), TimeSpan.Zero),
        DeduplicationKey = key,
    };

    public async Task<HashSet<BotId>> BotsAsync() => await Scheduler.ListAllAsync(new BotFilter()).Select(bot => bot.Id).ToHashSetAsync();

    public async Task<int> CountBookingsAsync()
    {
        await using BookingContext context = NewContext();
        return await context.Bookings.CountAsync();
    }

    public ValueTask DisposeAsync() => _services.DisposeAsync();

    /// <summary>Claims are made at the start, when the engine is told to, and a minute apart: nobody waits for those here.</summary>
    private static void AddBots(ServiceCollection services, string name, Heard heard)
    {
        static void Configure(Configuration.ScheduledBotsOptions options) => options.ClaimInterval = TimeSpan.FromMinutes(1);
        IScheduledBotsBuilder builder = name.Length == 0 ? services.AddScheduledBots(Configure) : services.AddScheduledBots(name, Configure);
        builder.UseEfCoreStorage<BookingContext>()
            .UseResourceAllocator(new ScriptedAllocator(TimeProvider.System))
            .UseMeetingJoiner(new ListingJoiner())
            .AddObserver(heard);
    }
}
