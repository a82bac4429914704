namespace Docs;

/// <summary>What the host keeps of a meeting.</summary>
internal sealed class Booking
{
    public int Id { get; set; }

    public required Uri Link { get; set; }

    public DateTimeOffset StartsAt { get; set; }
}
