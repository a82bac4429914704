namespace ScheduledBots.Storage.EfCore.Tests.HostTransactions;

/// <summary>Something of the host's own.</summary>
public sealed class Booking
{
    public int Id { get; set; }

    public required string Title { get; set; }
}
