using Microsoft.EntityFrameworkCore;
using ScheduledBots.Storage.EfCore;

namespace Docs;

internal sealed class AppDbContext(DbContextOptions<AppDbContext> options) : DbContext(options)
{
    public DbSet<Booking> Bookings => Set<Booking>();

    protected override void OnModelCreating(ModelBuilder modelBuilder) => modelBuilder.AddScheduledBots();
}
