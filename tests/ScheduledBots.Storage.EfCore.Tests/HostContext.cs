using Microsoft.EntityFrameworkCore;

namespace ScheduledBots.Storage.EfCore.Tests;

public sealed class HostContext(DbContextOptions<HostContext> options) : DbContext(options)
{
    protected override void OnModelCreating(ModelBuilder modelBuilder) => modelBuilder.AddScheduledBots();
}
