using FsCheck;
using FsCheck.Fluent;
using ScheduledBots.Lifecycle;

namespace ScheduledBots.Testing;

/// <summary>FsCheck generators of what a scheduler meets. Each states its ranges, because FsCheck's own defaults are tiny.</summary>
/// <remarks>Thread-safe.</remarks>
public static class BotGen
{
    /// <summary>An instant within a span: in half of the cases a full minute or quarter of an hour, so that herds come about, else any microsecond.</summary>
    /// <param name="start">The earliest, not included.</param>
    /// <param name="within">How far the latest lies behind it; at least a second.</param>
    /// <returns>The generator.</returns>
    public static Gen<DateTimeOffset> Instant(DateTimeOffset start, TimeSpan within)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(within, TimeSpan.FromSeconds(1));
        Gen<long> any =
            from second in Gen.Choose(0, (int)Math.Min(within.TotalSeconds, int.MaxValue - 1))
            from microsecond in Gen.Choose(1, 1_000_000)
            select Math.Min(within.Ticks, (second * TimeSpan.TicksPerSecond) + (microsecond * TimeSpan.TicksPerMicrosecond));
        Gen<long> round =
            from grid in Gen.Elements(TimeSpan.TicksPerMinute, 15 * TimeSpan.TicksPerMinute)
            from ticks in any
            let instant = ((start.UtcTicks + ticks) / grid * grid) - start.UtcTicks
            select instant > 0 ? instant : ticks;
        return Gen.OneOf(any, round).Select(ticks => start.AddTicks(ticks));
    }

    /// <summary>A request for a bot with an id of its own, one of eight rooms, one of three tenants in a third of the cases, and metadata in half of them; no deduplication key.</summary>
    /// <param name="start">Every bot is due after it.</param>
    /// <param name="within">And at most so much later.</param>
    /// <returns>The generator.</returns>
    public static Gen<BotRequest> Request(DateTimeOffset start, TimeSpan within) =>
        from joinAt in Instant(start, within)
        from first in Gen.Choose(0, int.MaxValue)
        from second in Gen.Choose(0, short.MaxValue)
        from room in Gen.Choose(1, 8)
        from name in Gen.Elements("Notes", "Ünï 🤖", "x", new string('n', BotRequest.MaxNameLength))
        from tenant in Gen.Frequency((2, Gen.Constant("")), (1, Gen.Elements("acme", "globex", "名")))
        from metadata in Gen.Elements(null, """{"topic":"weekly"}""")
        select new BotRequest
        {
            Id = new BotId(new Guid(first, (short)second, 0x7000, 0x80, 0, 0, 0, 0, 0, 0, 1)),
            MeetingUrl = new Uri($"https://meet.example.com/room-{room}"),
            Name = name,
            Tenant = tenant,
            Metadata = metadata,
            JoinAt = joinAt,
        };

    /// <summary>One to forty requests; a failing case is cut down to the requests it needs.</summary>
    /// <param name="start">Every bot is due after it.</param>
    /// <param name="within">And at most so much later.</param>
    /// <returns>The generator with its shrinker.</returns>
    public static Arbitrary<BotRequest[]> Requests(DateTimeOffset start, TimeSpan within) => Arb.From(
        from count in Gen.Choose(1, 40)
        from requests in Request(start, within).ArrayOf(count)
        select requests,
        Shorter);

    /// <summary>What a joiner call does: it joins in half of the cases, else fails, asks for a retry, throws, hangs, or joins too late; it takes up to ten seconds.</summary>
    /// <returns>The generator.</returns>
    public static Gen<JoinScript> Join() =>
        from milliseconds in Gen.Frequency((1, Gen.Constant(0)), (1, Gen.Choose(1, 10_000)))
        from retryAfter in Gen.Choose(0, 120)
        let after = TimeSpan.FromMilliseconds(milliseconds)
        from script in Gen.Frequency(
            (5, Gen.Constant(JoinScript.Joins(after))),
            (1, Gen.Constant(JoinScript.Fails(after))),
            (1, Gen.Constant(JoinScript.Retries(TimeSpan.FromSeconds(retryAfter), after))),
            (1, Gen.Constant(JoinScript.Throws(after))),
            (1, Gen.Constant(JoinScript.Hangs())),
            (1, Gen.Constant(JoinScript.Joins(TimeSpan.FromHours(2)) with { IgnoresCancellation = true })))
        select script;

    /// <summary>What an allocator call does: it delivers in half of the cases, else throws, returns nothing, hangs, or delivers too late; it takes up to a minute.</summary>
    /// <returns>The generator.</returns>
    public static Gen<AllocationScript> Allocation() =>
        from milliseconds in Gen.Frequency((1, Gen.Constant(0)), (1, Gen.Choose(1, 60_000)))
        from isPortable in Gen.Elements(true, false)
        let after = TimeSpan.FromMilliseconds(milliseconds)
        from script in Gen.Frequency(
            (4, Gen.Constant(AllocationScript.Delivers(after) with { IsPortable = isPortable })),
            (1, Gen.Constant(AllocationScript.Throws(after))),
            (1, Gen.Constant(AllocationScript.ReturnsNothing(after))),
            (1, Gen.Constant(AllocationScript.Hangs())),
            (1, Gen.Constant(AllocationScript.Delivers(TimeSpan.FromHours(1)) with { IgnoresCancellation = true })))
        select script;

    /// <summary>
    /// The life of one bot from its creation until it is settled: every state it passes through, each reached from the one
    /// before by a transition of the lifecycle. Chance decides the first twelve of them; from there it goes the straight way to the end.
    /// </summary>
    /// <param name="start">The bot is created then.</param>
    /// <returns>The generator.</returns>
    public static Gen<IReadOnlyList<Bot>> Life(DateTimeOffset start) =>
        from request in Request(start, TimeSpan.FromDays(1))
        from choices in Gen.Choose(0, 99).ArrayOf(12)
        select LifeWalk.From(request, start, choices);

    /// <summary>Without a half, without a quarter, and without each single one.</summary>
    private static IEnumerable<T[]> Shorter<T>(T[] items)
    {
        for (int size = items.Length / 2; size > 0; size /= 2)
        {
            for (int start = 0; start < items.Length; start += size)
            {
                T[] rest = [.. items.Take(start), .. items.Skip(start + size)];
                if (rest.Length > 0)
                {
                    yield return rest;
                }
            }
        }
    }
}
