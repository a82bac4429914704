using Microsoft.EntityFrameworkCore;

namespace ScheduledBots.Storage.EfCore.Tests.HostTransactions;

/// <summary>The context of a host that books meetings and schedules a bot for each.</summary>
public sealed class BookingContext(DbContextOptions<BookingContext> options) : DbContext(options)
{
    public DbSet<Booking> Bookings => Set<Booking>();

    protected override void OnModelCreating(ModelBuilder modelBuilder) => modelBuilder.AddScheduledBots();
}
