using System.Collections.Concurrent;
using System.Globalization;
using ScheduledBots.Lifecycle;
using ScheduledBots.Storage;
using ScheduledBots.Testing.Model;

namespace ScheduledBots.Testing.Conformance;

/// <summary>
/// Holds a store to <see cref="ModelStore"/>: random histories of every verb give equal answers and leave equal rows,
/// step by step. A history that goes apart is shortened, and reported with its seed and its steps.
/// </summary>
/// <remarks>
/// The environment variable <c>SCHEDULED_BOTS_HISTORIES</c>, a number, asks every heir for that many histories, the same
/// ones of each store: a store that takes its time for a history tries few in its daily tests, and many before a release.
/// </remarks>
public abstract class ModelSuite : StoreSuite
{
    private const string CountVariable = "SCHEDULED_BOTS_HISTORIES";

    private const int MaxTries = 4;

    /// <summary>What the histories must have met, each at least once, or the law says nothing about it.</summary>
    private static readonly string[] Interesting =
    [
        "InsertAsync: new", "InsertAsync: existing",
        "ChangeAsync Update: Applied", "ChangeAsync Update: NotFound", "ChangeAsync Update: WrongState", "ChangeAsync Update: WrongVersion",
        "ChangeAsync Update of metadata: Applied", "ChangeAsync Update of metadata: NotFound", "ChangeAsync Update of metadata: WrongVersion",
        "ChangeAsync Cancel: Applied", "ChangeAsync Cancel: NotFound", "ChangeAsync Cancel: WrongState", "ChangeAsync Cancel: WrongVersion",
        "ChangeAsync Abort: Applied", "ChangeAsync Abort: NotFound", "ChangeAsync Abort: WrongState", "ChangeAsync Abort: WrongVersion",
        "EraseAsync: Applied", "EraseAsync: NotFound", "EraseAsync: WrongState",
        "FindAsync: found", "FindAsync: nothing", "HistoryAsync: some", "ListAsync: some", "ListAsync: none",
        "ClaimAsync: some", "ClaimAsync: none", "ArmAsync: some", "ArmAsync: none", "ReadMarksAsync: some", "ReadMarksAsync: none", "FindManyAsync: some",
        "BeatAsync: applied", "AdoptAsync: some", "AdoptAsync: none", "DeclareDeadAsync: not so",
        "CommitAsync: Applied", "CommitAsync: Fenced", "PruneAsync: some", "PruneAsync: none",
    ];

    private static readonly string[] InterestingWhereShared = ["BeatAsync: refused", "DeclareDeadAsync: dead"];

    /// <summary>The first seed; each further history has the next one.</summary>
    protected virtual int FirstSeed => 1;

    /// <summary>How many histories are tried, each on an empty store of its own; fewer where making a store takes long.</summary>
    /// <value>Default 2,000; at least 20.</value>
    protected virtual int HistoryCount => 2_000;

    /// <summary>How many steps a history has.</summary>
    /// <value>Default 40.</value>
    protected virtual int StepCount => 40;

    /// <summary>How many histories run beside each other; more than one where stores can be made and used at once.</summary>
    /// <value>Default 1.</value>
    protected virtual int HistoriesAtOnce => 1;

    /// <summary>Called when a history is over; an heir whose stores hold something frees it here.</summary>
    /// <param name="store">A store that <see cref="StoreSuite.CreateStoreAsync"/> has made.</param>
    /// <returns>A task that ends when it is freed.</returns>
    protected virtual Task ReleaseStoreAsync(IBotStore store) => Task.CompletedTask;

    // Mutants, of the in-memory store: the version not compared; a commit that writes the callers' columns, ignores the fence or
    // forgets its history; a claim that leaves a bot at the very end of its back-off; a stale staging armed; a prune that
    // includes its instant; pages that go on by the instant alone; an included `Until`; a key freed while its bot works;
    // an adoption of one's own bots, and one before the window has closed.
    [Fact]
    public async Task Random_histories_leave_what_the_model_leaves()
    {
        ConcurrentDictionary<string, int> met = [];
        var atOnce = new ParallelOptions { MaxDegreeOfParallelism = HistoriesAtOnce };

        await Parallel.ForEachAsync(Seeds(), atOnce, async (seed, _) =>
        {
            IReadOnlyList<StoreStep> steps = await new HistoryDraw(seed, NewModel()).StepsAsync(StepCount, met);
            if (await FirstDifferenceAsync(steps) is { } difference)
            {
                (steps, difference) = await ShortenedAsync(steps, difference);
                Assert.Fail(Report(seed, steps, difference));
            }
        });

        Assert.Empty(Interesting.Except(met.Keys));
        Assert.Empty(Store.Traits.HasSingleEngine ? [] : InterestingWhereShared.Except(met.Keys));
    }

    private IEnumerable<int> Seeds() =>
        Environment.GetEnvironmentVariable(CountVariable) is { Length: > 0 } asked
            ? Enumerable.Range(1, int.Parse(asked, CultureInfo.InvariantCulture))
            : Enumerable.Range(FirstSeed, HistoryCount);

    /// <summary>A model of the same kind: one engine's, or one that engines share, with a clock that runs like the store's own.</summary>
    private ModelStore NewModel() => Store.Traits.HasSingleEngine ? new ModelStore() : new ModelStore(TimeProvider.System);

    /// <summary>
    /// Makes the steps on a new store and on a new model. A store that does not answer says nothing about its verbs, as on a
    /// machine that stands still for a moment: the history is made again, and only counts as different where that goes on.
    /// </summary>
    private async Task<(int Index, string Text)?> FirstDifferenceAsync(IReadOnlyList<StoreStep> steps)
    {
        for (int tries = 1; ; tries++)
        {
            IBotStore store = await CreateStoreAsync();
            try
            {
                await store.InitializeAsync(CancellationToken.None);
                return await FirstDifferenceAsync(steps, store, NewModel(), isLast: tries == MaxTries);
            }
            catch (StoreUnavailableException) when (tries < MaxTries)
            {
                // Made again.
            }
            finally
            {
                await ReleaseStoreAsync(store);
            }
        }
    }

    private static async Task<(int Index, string Text)?> FirstDifferenceAsync(
        IReadOnlyList<StoreStep> steps, IBotStore store, ModelStore model, bool isLast)
    {
        for (int i = 0; i < steps.Count; i++)
        {
            if ((await AnswerAsync(steps[i], store, isLast)).DifferenceFrom(await steps[i].AnswerAsync(model)) is { } answer)
            {
                return (i, answer);
            }

            StoreAnswer rows = StoreAnswer.Of(await HistoryDraw.AllAsync(store));
            if (rows.DifferenceFrom(StoreAnswer.Of(await HistoryDraw.AllAsync(model))) is { } row)
            {
                return (i, " in a row it left" + row);
            }
        }

        return await FirstDifferentHistoryAsync(store, model) is { } history ? (steps.Count - 1, history) : null;
    }

    private static async Task<string?> FirstDifferentHistoryAsync(IBotStore store, ModelStore model)
    {
        foreach (BotSnapshot bot in await HistoryDraw.AllAsync(model))
        {
            StoreStep read = StoreStep.History(bot.Id);
            if ((await read.AnswerAsync(store)).DifferenceFrom(await read.AnswerAsync(model)) is { } difference)
            {
                return $" in the history of {read.Text}" + difference;
            }
        }

        return null;
    }

    private static async Task<StoreAnswer> AnswerAsync(StoreStep step, IBotStore store, bool isLast)
    {
        try
        {
            return await step.AnswerAsync(store);
        }
        catch (Exception error) when (isLast || error is not StoreUnavailableException)
        {
            return new StoreAnswer { Outcomes = [$"{error.GetType().Name}: {error.Message}"] };
        }
    }

    /// <summary>Leaves out every step without which the stores still go apart; what comes after the difference is not needed.</summary>
    private async Task<(IReadOnlyList<StoreStep> Steps, (int, string) Difference)> ShortenedAsync(
        IReadOnlyList<StoreStep> steps, (int Index, string Text) difference)
    {
        for (int i = difference.Index - 1; i >= 0; i--)
        {
            StoreStep[] fewer = [.. steps.Take(difference.Index + 1).Where((_, index) => index != i)];
            if (await FirstDifferenceAsync(fewer) is { } still)
            {
                (steps, difference) = (fewer, still);
                i = Math.Min(i, difference.Index);
            }
        }

        return ([.. steps.Take(difference.Index + 1)], difference);
    }

    private static string Report(int seed, IReadOnlyList<StoreStep> steps, (int Index, string Text) difference) =>
        string.Create(CultureInfo.InvariantCulture, $"The history of seed {seed} goes apart at its last step{difference.Text}\n")
        + string.Join('\n', steps.Select((step, index) => string.Create(CultureInfo.InvariantCulture, $"  {index + 1}. {step}")));
}
