using Docs;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace ScheduledBots.Samples.Tests;

/// <summary>The README's promise of one transaction, with the README's own code.</summary>
public sealed class BookingTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("scheduled-bots-");

    [Fact]
    public async Task A_booking_and_its_bot_are_there_or_neither_is()
    {
        await using ServiceProvider services = await OpenAsync();
        IBotScheduler scheduler = services.GetRequiredService<IBotScheduler>();
        await using AppDbContext db = services.GetRequiredService<AppDbContext>();
        DateTimeOffset startsAt = TimeProvider.System.GetUtcNow().AddHours(1);

        await new BookingService(db, scheduler).BookStubbornlyAsync(NewBooking(startsAt), CancellationToken.None);
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(
            () => new BookingService(db, scheduler).BookAsync(NewBooking(startsAt.AddDays(-1)), CancellationToken.None));

        Assert.Equal(1, await db.Bookings.AsNoTracking().CountAsync());
        Assert.Single((await scheduler.ListAsync(new BotFilter())).Bots);
    }

    public void Dispose()
    {
        SqliteConnection.ClearAllPools();
        _folder.Delete(recursive: true);
    }

    private static Booking NewBooking(DateTimeOffset startsAt) => new() { Link = new Uri("https://meet.example.com/abc"), StartsAt = startsAt };

    private async Task<ServiceProvider> OpenAsync()
    {
        var services = new ServiceCollection();
        services.AddDbContext<AppDbContext>(options => options.UseSqlite($"Data Source={_folder.FullName}/app.db"), ServiceLifetime.Transient);
        services.AddScheduledBots().UseEfCoreStorage<AppDbContext>().ScheduleOnly();
        ServiceProvider provider = services.BuildServiceProvider();
        await using AppDbContext db = provider.GetRequiredService<AppDbContext>();
        await db.Database.EnsureCreatedAsync();
        return provider;
    }
}
