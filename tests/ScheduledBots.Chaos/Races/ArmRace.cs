using System.Collections.Concurrent;
using System.Globalization;
using ScheduledBots.Chaos.Judging;
using ScheduledBots.Chaos.Rigging;
using ScheduledBots.Lifecycle;
using ScheduledBots.Storage;

namespace ScheduledBots.Chaos.Races;

/// <summary>
/// An owner arms its bots while another node declares it dead and adopts them: two stores on two connections. Each bot is
/// either armed, and taken later and flagged, or adopted, and never armed by the old owner any more.
/// </summary>
internal sealed class ArmRace(int botCount) : ITrial
{
    private const int Herd = 25;
    private const int OwnersAtOnce = 4;

    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<BotId, NodeId> _owners = new();
    private readonly ConcurrentDictionary<BotId, BotSnapshot> _armed = new();
    private readonly ConcurrentDictionary<BotId, ConcurrentBag<BotSnapshot>> _adopted = new();
    private int _unanswered;

    public string Name => "race-arm";

    public string Figure => string.Create(
        CultureInfo.InvariantCulture, $"{botCount} bots armed by their owner and adopted by another node at once: 0 violations");

    public async Task<Verdict> RunAsync(Rig rig, CancellationToken cancellationToken)
    {
        await using var one = new RaceLane(rig.ConnectionString, "owner");
        await using var other = new RaceLane(rig.ConnectionString, "adopter");
        NodeId adopter = NodeId.New(Rig.Now);
        await BeatAsync(other.Store, adopter);
        await Parallel.ForEachAsync(
            Enumerable.Range(0, botCount / Herd),
            new ParallelOptions { MaxDegreeOfParallelism = OwnersAtOnce, CancellationToken = cancellationToken },
            async (round, token) => await RaceAsync(round, one.Store, other.Store, adopter, token));

        // Whoever was waiting for a lock is passed over and swept later, as with each beat.
        await AdoptAsync(other.Store, adopter, Rig.Now - Window, cancellationToken);
        Dictionary<Guid, RaceRow> rows = (await RaceRow.ReadAsync(rig.ConnectionString, cancellationToken)).ToDictionary(row => row.Id);
        string[] violations = [.. _owners.Select(bot => Violation(bot.Key, bot.Value, adopter, rows.GetValueOrDefault(bot.Key.Value))).OfType<string>()];

        // Once the windows have closed, what was armed is taken too, and is flagged.
        await AdoptAsync(other.Store, adopter, DateTimeOffset.MaxValue, cancellationToken);
        List<RaceRow> late = await RaceRow.ReadAsync(rig.ConnectionString, cancellationToken);
        int unflagged = late.Count(row => row.Owner != adopter.Value || row.Fence != 2 || row.PossiblyStarted != (row.Attempt > 0));
        int armed = rows.Values.Count(row => row.Attempt > 0);
        return Verdict.Of(
            string.Create(CultureInfo.InvariantCulture, $"{rows.Count} races: {armed} armed first, {rows.Count - armed} adopted first, {_unanswered} calls unanswered; {violations.Length} violations, {unflagged} not taken or not flagged afterwards"),
            (violations.Length == 0, $"{violations.Length} violations: {string.Join("; ", violations.Take(5))}"),
            (unflagged == 0, $"{unflagged} were not taken, or not flagged, after their window"),
            (rows.Count == _owners.Count && armed > 0 && armed < rows.Count, "one side never won: this was no race"));
    }

    private async Task RaceAsync(int round, IBotStore store, IBotStore adopters, NodeId adopter, CancellationToken cancellationToken)
    {
        NodeId owner = NodeId.New(Rig.Now);
        // A beat that was repeated for want of an answer may count twice, and the death must name what the table has.
        long beat = (await BeatAsync(store, owner)).Nodes.First(node => node.Id == owner).Beat;
        BotSnapshot[] herd = [.. Enumerable.Range(0, Herd).Select(_ => new BotSnapshot
        {
            Id = BotId.New(Rig.Now), CreatedAt = Rig.Now, MeetingUrl = "https://meet.example.com/room", Name = "Notes", JoinAt = Rig.Now.AddSeconds(5),
            Status = BotStatus.Staged, Owner = owner, Fence = new Fence(1), StagedFence = new Fence(1),
        })];
        foreach (BotSnapshot bot in herd)
        {
            _owners[bot.Id] = owner;
        }

        await AskAgain.UntilAnsweredAsync(RaceLane.MaxTries, () => store.InsertAsync(herd, cancellationToken));

        // Neither side has a head start on the whole: who asks first decides little, and sweeps of other owners' deaths take these rows too.
        bool ownerFirst = round % 2 == 0;
        Task arming = ownerFirst ? ArmAsync(store, owner, cancellationToken) : Task.CompletedTask;
        Task taking = TakeAsync(adopters, owner, beat, adopter, cancellationToken);
        await Task.WhenAll(arming, taking, ArmAsync(store, owner, cancellationToken), ArmAsync(store, owner, cancellationToken));
    }

    private async Task TakeAsync(IBotStore store, NodeId owner, long beat, NodeId adopter, CancellationToken cancellationToken)
    {
        await AskAgain.UntilAnsweredAsync(RaceLane.MaxTries, () => store.DeclareDeadAsync(owner, beat, cancellationToken), () => Interlocked.Increment(ref _unanswered));
        await AdoptAsync(store, adopter, Rig.Now - Window, cancellationToken);
    }

    private static Task<BeatOutcome> BeatAsync(IBotStore store, NodeId node) => AskAgain.UntilAnsweredAsync(RaceLane.MaxTries, () => store.BeatAsync(
        new BeatQuery { Node = node, Name = "race", Version = "1", Status = NodeStatus.Alive, IsFirst = true }, CancellationToken.None));

    /// <summary>An answer that was lost is no failure: the table says who won.</summary>
    private async Task ArmAsync(IBotStore store, NodeId owner, CancellationToken cancellationToken)
    {
        var query = new ArmQuery(owner, Rig.Now, Rig.Now.AddHours(1), Window);
        foreach (BotSnapshot bot in await AskAgain.UntilAnsweredAsync(RaceLane.MaxTries, () => store.ArmAsync(query, cancellationToken), () => Interlocked.Increment(ref _unanswered)))
        {
            _armed[bot.Id] = bot;
        }
    }

    private async Task AdoptAsync(IBotStore store, NodeId adopter, DateTimeOffset closedBefore, CancellationToken cancellationToken)
    {
        var query = new AdoptQuery(adopter, Rig.Now, closedBefore, 1_000);
        IReadOnlyList<BotSnapshot> taken;
        do
        {
            taken = await AskAgain.UntilAnsweredAsync(RaceLane.MaxTries, () => store.AdoptAsync(query, cancellationToken), () => Interlocked.Increment(ref _unanswered));
            foreach (BotSnapshot bot in taken)
            {
                _adopted.GetOrAdd(bot.Id, _ => []).Add(bot);
            }
        }
        while (taken.Count > 0);
    }

    private string? Violation(BotId id, NodeId owner, NodeId adopter, RaceRow? row)
    {
        bool isAdopted = _adopted.TryGetValue(id, out ConcurrentBag<BotSnapshot>? adopted);
        return row switch
        {
            null => $"{id} is not in the table",
            _ when isAdopted && adopted!.Count > 1 => $"{id} was adopted {adopted.Count} times",
            _ when isAdopted && _armed.ContainsKey(id) => $"{id} was given to both",
            { Attempt: 0 } when _armed.ContainsKey(id) => $"{id} was told as armed and is not",
            { Attempt: 0 } => row is { Fence: 2, IsArmed: false, PossiblyStarted: false } && row.Owner == adopter.Value ? null : $"{id} is neither armed nor adopted: {row}",
            { Attempt: 1 } => row is { Fence: 1, IsArmed: true, PossiblyStarted: false } && row.Owner == owner.Value ? null : $"{id} is armed and not its owner's: {row}",
            _ => $"{id} was armed {row.Attempt} times",
        };
    }
}
