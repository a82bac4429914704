using ScheduledBots.Lifecycle;

namespace ScheduledBots.Storage.EfCore.Tests;

/// <summary>Bots and nodes of the stories.</summary>
internal static class Bots
{
    public static readonly DateTimeOffset Start = new(2030, 1, 2, 3, 4, 5, TimeSpan.Zero);

    public static readonly NodeId Node = new(Guid.Parse("01900000-0000-7000-8000-000000000001"));

    public static BotSnapshot New(string? key = null) => new()
    {
        Id = BotId.New(Start),
        DeduplicationKey = key,
        CreatedAt = Start,
        MeetingUrl = "https://meet.example/1",
        Name = "Notes",
        JoinAt = Start.AddMinutes(10),
    };

    public static async Task<InsertOutcome> InsertAsync(this IBotStore store, BotSnapshot bot) => (await store.InsertAsync([bot], CancellationToken.None))[0];

    public static Task<BotSnapshot?> FindAsync(this IBotStore store, BotId id) => store.FindAsync(id, CancellationToken.None);

    public static Task<BeatOutcome> RegisterAsync(this IBotStore store) => store.BeatAsync(
        new BeatQuery { Node = Node, Name = "host", Version = "1", Status = NodeStatus.Alive, IsFirst = true }, CancellationToken.None);

    public static Task<ClaimOutcome> ClaimAsync(this IBotStore store) =>
        store.ClaimAsync(new ClaimQuery(Node, Start, Start.AddDays(1), 1000), CancellationToken.None);
}
