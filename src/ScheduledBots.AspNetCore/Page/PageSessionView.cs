namespace ScheduledBots.AspNetCore.Page;

/// <summary>What a page needs before it may change anything: the header that a change carries, and the token in it.</summary>
internal sealed record PageSessionView
{
    public required string Scheduler { get; init; }

    public required string HeaderName { get; init; }

    public required string Token { get; init; }
}
