using Microsoft.EntityFrameworkCore;

namespace ScheduledBots.Storage.EfCore.Tests;

/// <summary>A host's context whose author has not added the tables.</summary>
public sealed class ForgetfulContext(DbContextOptions<ForgetfulContext> options) : DbContext(options);
