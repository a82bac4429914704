using System.Globalization;
using ScheduledBots.Lifecycle;
using ScheduledBots.Storage;

namespace ScheduledBots.Testing.Conformance;

/// <summary>One call of one verb with fixed arguments, so that it can be made on any store, and again.</summary>
/// <param name="Verb">The verb, as the suite counts it.</param>
/// <param name="Text">The call with its arguments, for a failure's report.</param>
/// <param name="AnswerAsync">Makes the call.</param>
internal sealed record StoreStep(string Verb, string Text, Func<IBotStore, Task<StoreAnswer>> AnswerAsync)
{
    public static StoreStep Insert(IReadOnlyList<BotSnapshot> bots) => new(
        nameof(IBotStore.InsertAsync),
        string.Join(", ", bots.Select(bot => $"{Name(bot.Id)} tenant '{bot.Tenant}' key '{bot.DeduplicationKey}' join {bot.JoinAt:O} owner {bot.Owner}")),
        async store =>
        {
            IReadOnlyList<InsertOutcome> outcomes = await store.InsertAsync(bots, CancellationToken.None);
            return StoreAnswer.Of(outcomes.Select(outcome => outcome.Bot), [.. outcomes.Select(outcome => outcome.Inserted ? "new" : "existing")]);
        });

    public static StoreStep Change(BotChange change) => new(
        $"{nameof(IBotStore.ChangeAsync)} {change.Kind}{(change.Kind == BotChangeKind.Update && !change.Fences ? " of metadata" : "")}",
        $"{Name(change.Id)} version {change.ExpectedVersion} tenant '{change.Tenant}' join {change.JoinAt:O} url '{change.MeetingUrl}' name '{change.Name}' metadata '{change.Metadata}' at {change.At:O}",
        async store => Answer(await store.ChangeAsync(change, CancellationToken.None)));

    public static StoreStep Erase(BotId id) => new(
        nameof(IBotStore.EraseAsync),
        Name(id),
        async store => Answer(await store.EraseAsync(id, CancellationToken.None)));

    public static StoreStep Find(BotId id) => new(
        nameof(IBotStore.FindAsync),
        Name(id),
        async store => await store.FindAsync(id, CancellationToken.None) is { } bot ? StoreAnswer.Of([bot], "found") : StoreAnswer.Of([], "nothing"));

    public static StoreStep History(BotId id) => new(
        nameof(IBotStore.HistoryAsync),
        Name(id),
        async store =>
        {
            IReadOnlyList<BotHistoryLine> lines = await store.HistoryAsync(id, CancellationToken.None);
            return new StoreAnswer { Outcomes = [Some(lines.Count)], Lines = lines };
        });

    public static StoreStep List(BotQuery query) => new(
        nameof(IBotStore.ListAsync),
        query.ToString(),
        async store =>
        {
            IReadOnlyList<BotSnapshot> bots = await store.ListAsync(query, CancellationToken.None);
            return StoreAnswer.Of(bots, Some(bots.Count));
        });

    public static StoreStep Claim(ClaimQuery query) => new(
        nameof(IBotStore.ClaimAsync),
        query.ToString(),
        async store =>
        {
            ClaimOutcome outcome = await store.ClaimAsync(query, CancellationToken.None);
            bool inOrder = outcome.Bots.Zip(outcome.Bots.Skip(1)).All(pair => pair.First.JoinAt <= pair.Second.JoinAt);
            return new StoreAnswer
            {
                Outcomes = [inOrder ? Some(outcome.Bots.Count) : "not the earliest first"],
                Bots = [.. outcome.Bots.OrderBy(bot => bot.Id)],
                NextJoinAt = outcome.NextJoinAt,
            };
        });

    public static StoreStep Arm(ArmQuery query) => new(
        nameof(IBotStore.ArmAsync),
        query.ToString(),
        async store => InAnyOrder(await store.ArmAsync(query, CancellationToken.None)));

    public static StoreStep Beat(BeatQuery query) => new(
        nameof(IBotStore.BeatAsync),
        query.ToString(),
        async store =>
        {
            BeatOutcome outcome = await store.BeatAsync(query, CancellationToken.None);
            return new StoreAnswer
            {
                Outcomes = [outcome.Applied ? "applied" : "refused"],
                Nodes = [.. outcome.Nodes
                    .OrderBy(node => node.Id.Value)
                    .Select(node => string.Create(CultureInfo.InvariantCulture, $"{node.Id} {node.Name} {node.Version} beat {node.Beat} {node.Status} {(node.DeadAt is null ? "" : "declared dead")}"))],
            };
        });

    public static StoreStep DeclareDead(NodeId node, long observedBeat) => new(
        nameof(IBotStore.DeclareDeadAsync),
        string.Create(CultureInfo.InvariantCulture, $"{node}, seen silent at beat {observedBeat}"),
        async store => new StoreAnswer { Outcomes = [await store.DeclareDeadAsync(node, observedBeat, CancellationToken.None) ? "dead" : "not so"] });

    public static StoreStep Adopt(AdoptQuery query) => new(
        nameof(IBotStore.AdoptAsync),
        query.ToString(),
        async store => InAnyOrder(await store.AdoptAsync(query, CancellationToken.None)));

    public static StoreStep ReadMarks(OwnedQuery query) => new(
        nameof(IBotStore.ReadMarksAsync),
        query.ToString(),
        async store =>
        {
            IReadOnlyList<BotMark> marks = await store.ReadMarksAsync(query, CancellationToken.None);
            return new StoreAnswer { Outcomes = [Some(marks.Count)], Marks = marks };
        });

    public static StoreStep FindMany(IReadOnlyList<BotId> ids) => new(
        nameof(IBotStore.FindManyAsync),
        string.Join(", ", ids.Select(Name)),
        async store => InAnyOrder(await store.FindManyAsync(ids, CancellationToken.None)));

    public static StoreStep Commit(IReadOnlyList<BotCommit> commits) => new(
        nameof(IBotStore.CommitAsync),
        string.Join(", ", commits.Select(commit =>
            $"{Name(commit.Next.Id)} if {commit.From}, owner {commit.Owner}, fence {commit.Fence}: {commit.Next.Status}, owner {commit.Next.Owner}, fence {commit.Next.Fence}, not before {commit.Next.NotBefore:O}, {commit.History.Count} lines")),
        async store => new StoreAnswer
        {
            Outcomes = [.. (await store.CommitAsync(commits, CancellationToken.None)).Select(outcome => outcome.ToString())],
        });

    public static StoreStep Prune(DateTimeOffset settledBefore, int limit) => new(
        nameof(IBotStore.PruneAsync),
        string.Create(CultureInfo.InvariantCulture, $"settled before {settledBefore:O}, at most {limit}"),
        async store =>
        {
            int count = await store.PruneAsync(settledBefore, limit, CancellationToken.None);
            return StoreAnswer.Of([], Some(count), count.ToString(CultureInfo.InvariantCulture));
        });

    /// <summary>A bot's name in reports: the first digits of its id.</summary>
    public static string Name(BotId id) => id.ToString()[..4];

    /// <inheritdoc/>
    public override string ToString() => $"{Verb}: {Text}";

    private static StoreAnswer Answer(ChangeOutcome outcome) =>
        StoreAnswer.Of(outcome.Bot is null ? [] : [outcome.Bot], outcome.Verdict.ToString());

    private static StoreAnswer InAnyOrder(IReadOnlyList<BotSnapshot> bots) => StoreAnswer.Of(bots.OrderBy(bot => bot.Id), Some(bots.Count));

    private static string Some(int count) => count > 0 ? "some" : "none";
}
