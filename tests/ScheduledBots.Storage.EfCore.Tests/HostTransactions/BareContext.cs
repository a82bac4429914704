using Microsoft.EntityFrameworkCore;

namespace ScheduledBots.Storage.EfCore.Tests.HostTransactions;

/// <summary>A context whose model nobody gave the tables of ScheduledBots.</summary>
public sealed class BareContext(DbContextOptions<BareContext> options) : DbContext(options)
{
    public DbSet<Booking> Bookings => Set<Booking>();
}
