using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using ScheduledBots;
using ScheduledBots.Storage.EfCore;

namespace Docs;

internal sealed class BookingService(AppDbContext db, IBotScheduler scheduler)
{
    public async Task BookAsync(Booking booking, CancellationToken cancellationToken)
    {
        await using IDbContextTransaction transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        db.Bookings.Add(booking);
        await db.SaveChangesAsync(cancellationToken);

        await scheduler.ScheduleAsync(db, new BotRequest
        {
            MeetingUrl = booking.Link, Name = "Notes", JoinAt = booking.StartsAt, DeduplicationKey = $"booking-{booking.Id}",
        }, cancellationToken);
        await transaction.CommitAsync(cancellationToken); // the booking and its bot, or neither
    }

    /// <summary>Where the context repeats what failed, the whole transaction is what is repeated.</summary>
    public Task BookStubbornlyAsync(Booking booking, CancellationToken cancellationToken) =>
        db.Database.CreateExecutionStrategy().ExecuteAsync(token => BookAsync(booking, token), cancellationToken);
}
