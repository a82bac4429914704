using ScheduledBots.Lifecycle;

namespace TwoNodes;

/// <summary>What the show came to, from what the database has and what the nodes have said.</summary>
internal sealed record Outcome(IReadOnlyList<Bot> Bots, IReadOnlyList<Fact> Facts, string Survivor, DateTimeOffset KilledAt)
{
    public int Joined => Bots.Count(bot => bot.Status == BotStatus.Joined);

    /// <summary>Neither in its meeting nor told why not.</summary>
    public int Lost => Show.BotCount - Bots.Count(bot => bot.IsSettled);

    public int Early => Joins.Count(join => join.Lateness < TimeSpan.Zero);

    /// <summary>Joins beyond the first of a bot whose joiner was told that the one before may have begun: it can look before it acts.</summary>
    public int Flagged => Again.Count(join => join.IsFlagged);

    public int Doubled => Again.Count(join => !join.IsFlagged);

    public bool IsGood => Lost == 0 && Doubled == 0 && Early == 0;

    public string Line
    {
        get
        {
            Fact[] taken = [.. Facts.Where(fact => fact.Node == Survivor && fact.Word == Words.Adopted && IsOurs(fact))];
            string takeover = taken.Length == 0
                ? "the killed node held no bots"
                : $"{taken.Length} taken over {(taken[0].HeardAt - KilledAt).TotalSeconds:0.0} s after the kill";
            double claimed = Facts.Where(fact => fact.Word == Words.Claimed && IsOurs(fact)).Select(fact => (fact.HeardAt - Bots.Min(bot => bot.CreatedAt)).TotalSeconds).DefaultIfEmpty(double.NaN).Min();
            return $"joined {Joined} of {Show.BotCount}, failed {Bots.Count(bot => bot.Status == BotStatus.Failed)}, lost {Lost}, doubled {Doubled}, "
                + $"joined again and told so {Flagged}, early {Early}; first claimed {claimed:0.0} s after they were scheduled, {takeover}, "
                + $"latest {Joins.Select(join => join.Lateness.TotalSeconds).DefaultIfEmpty(0).Max():0.0} s";
        }
    }

    private IEnumerable<Fact> Joins => Facts.Where(fact => fact.Word == Words.Joining && IsOurs(fact));

    /// <summary>A database that is used again may have bots of an earlier show.</summary>
    private bool IsOurs(Fact fact) => Bots.Any(bot => bot.Id == fact.Bot);

    private IEnumerable<Fact> Again => Joins.GroupBy(join => join.Bot).SelectMany(joins => joins.OrderBy(join => join.HeardAt).Skip(1));
}
