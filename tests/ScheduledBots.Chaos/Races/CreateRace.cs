using System.Collections.Concurrent;
using System.Globalization;
using ScheduledBots.Chaos.Judging;
using ScheduledBots.Chaos.Rigging;

namespace ScheduledBots.Chaos.Races;

/// <summary>
/// Fifty callers on two lines create a bot of the same deduplication key at once: one row, and all are given the same bot. A
/// tenth of the keys comes alone, the rest in batches, each caller's in an order of its own.
/// </summary>
internal sealed class CreateRace(int keyCount) : ITrial
{
    private const int CallerCount = 50;
    private const int BatchSize = 100;

    private readonly ConcurrentDictionary<string, ConcurrentBag<ScheduleResult>> _answers = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, bool> _unanswered = new(StringComparer.Ordinal);
    private readonly ConcurrentBag<Exception> _refusals = [];

    public string Name => "race-create";

    public string Figure => string.Create(
        CultureInfo.InvariantCulture, $"{keyCount} keys, each created by {CallerCount} at once: one row, the same bot for all");

    public async Task<Verdict> RunAsync(Rig rig, CancellationToken cancellationToken)
    {
        await using var one = new RaceLane(rig.ConnectionString, "one");
        await using var other = new RaceLane(rig.ConnectionString, "other");
        DateTimeOffset joinAt = Rig.Now.AddDays(1);
        string[] keys = [.. Enumerable.Range(0, keyCount).Select(i => string.Create(CultureInfo.InvariantCulture, $"key {i:00000}"))];
        int alone = keyCount / 10;
        foreach (string[] batch in keys[..alone].Chunk(1).Concat(keys[alone..].Chunk(BatchSize)))
        {
            cancellationToken.ThrowIfCancellationRequested();
            await Task.WhenAll(Enumerable.Range(0, CallerCount).Select(i =>
            {
                string[] own = [.. batch];
                rig.Random.Shuffle(own);
                return CreateAsync((i % 2 == 0 ? one : other).Scheduler, own, joinAt);
            }));
        }

        List<(string Key, Guid Id)> rows = await TableReader.ReadAsync(
            rig.ConnectionString, "SELECT dedup_key, id FROM scheduled_bots", row => (row.GetString(0), row.GetGuid(1)), cancellationToken);
        return Judge(keys, rows.ToLookup(row => row.Key, row => row.Id, StringComparer.Ordinal));
    }

    private async Task CreateAsync(IBotScheduler scheduler, string[] keys, DateTimeOffset joinAt)
    {
        BotRequest[] requests = [.. keys.Select(key => new BotRequest
        {
            MeetingUrl = new Uri("https://meet.example.com/room"), Name = "Notes", JoinAt = joinAt, DeduplicationKey = key,
        })];
        IReadOnlyList<ScheduleOutcome> outcomes = await AskAgain.UntilAnsweredAsync(RaceLane.MaxTries, () => scheduler.ScheduleManyAsync(requests), () =>
        {
            foreach (string key in keys)
            {
                _unanswered[key] = true;
            }
        });
        foreach ((string key, ScheduleOutcome outcome) in keys.Zip(outcomes))
        {
            if (outcome.Result is { } result)
            {
                _answers.GetOrAdd(key, _ => []).Add(result);
            }
            else
            {
                _refusals.Add(outcome.Error!);
            }
        }
    }

    private Verdict Judge(string[] keys, ILookup<string, Guid> rows)
    {
        string[] violations = [.. keys.Select(key => Violation(key, [.. rows[key]])).OfType<string>()];
        return Verdict.Of(
            string.Create(CultureInfo.InvariantCulture, $"{keys.Length} races of {CallerCount}: {rows.Sum(row => row.Count())} rows, {_refusals.Count} refused, {_unanswered.Count} keys asked again for want of an answer; {violations.Length} violations"),
            (violations.Length == 0, $"{violations.Length} violations: {string.Join("; ", violations.Take(5))}"),
            (_refusals.IsEmpty, $"{_refusals.Count} callers were refused: {_refusals.FirstOrDefault()?.Message}"));
    }

    private string? Violation(string key, Guid[] rows)
    {
        ScheduleResult[] answers = _answers.TryGetValue(key, out ConcurrentBag<ScheduleResult>? given) ? [.. given] : [];
        int created = answers.Count(answer => answer.Created);
        return rows.Length != 1 ? $"{key} has {rows.Length} rows"
            : answers.Length != CallerCount ? $"{key} was answered {answers.Length} times"
            : answers.Any(answer => answer.Bot.Id.Value != rows[0]) ? $"{key} was answered with another bot"
            // Whoever created it may have been the one that got no answer.
            : created == 1 || (created == 0 && _unanswered.ContainsKey(key)) ? null
            : $"{key} was created {created} times";
    }
}
