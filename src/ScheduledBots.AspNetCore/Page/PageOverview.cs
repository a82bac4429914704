namespace ScheduledBots.AspNetCore.Page;

/// <summary>
/// What a page shows at a glance, counted on the server: its size depends on the range and not on how many bots there are. Counts of
/// states are in the order of <c>BotStatus</c>.
/// </summary>
internal sealed record PageOverview
{
    public required DateTime Now { get; init; }

    /// <summary>Whether the bots have not been read yet, and the counts are empty for that reason.</summary>
    public required bool IsLoading { get; init; }

    /// <summary>When the store last answered, where it does not answer now; what is shown is of then.</summary>
    public DateTime? StaleSince { get; init; }

    /// <summary>Whether there are more bots than are counted.</summary>
    public required bool IsCut { get; init; }

    /// <summary>Bots by state: those to come within the range, and those that were due within the last hour.</summary>
    public required int[] States { get; init; }

    public DateTime? NextJoinAt { get; init; }

    public required TimelineView Timeline { get; init; }

    public required LatenessView Lateness { get; init; }

    /// <summary>Failures by reason, the most frequent first.</summary>
    public required IReadOnlyList<ReasonView> Reasons { get; init; }

    /// <summary>The last failures, newest first.</summary>
    public required IReadOnlyList<FailureView> Failures { get; init; }

    /// <summary>Null where the page belongs to a tenant, whom the machines are no concern of.</summary>
    public IReadOnlyList<NodeView>? Nodes { get; init; }

    /// <summary>Bars of equal width from an instant on.</summary>
    internal sealed record TimelineView
    {
        public required DateTime From { get; init; }

        public required double BarSeconds { get; init; }

        public required IReadOnlyList<int[]> Bars { get; init; }

        /// <summary>The instants at which most bots join at once, earliest first.</summary>
        public required IReadOnlyList<HerdView> Herds { get; init; }
    }

    internal sealed record HerdView(DateTime JoinAt, int Count);

    /// <summary>How late joiners were called, of bots with a join_at that were due in the last hour.</summary>
    internal sealed record LatenessView
    {
        public required int Count { get; init; }

        public double? P50Ms { get; init; }

        public double? P99Ms { get; init; }

        public double? MaxMs { get; init; }

        /// <summary>The upper bounds of the bins, included; the last bin has none.</summary>
        public required IReadOnlyList<double> BoundsMs { get; init; }

        public required IReadOnlyList<int> Bins { get; init; }
    }

    internal sealed record ReasonView(string Reason, int Count);

    internal sealed record FailureView
    {
        public required string Id { get; init; }

        public string? Name { get; init; }

        public required string Reason { get; init; }

        public required DateTime JoinAt { get; init; }

        public DateTime? SettledAt { get; init; }
    }

    /// <summary>An engine: from its beat where it is known, and from the bots it works for.</summary>
    internal sealed record NodeView
    {
        public required string Id { get; init; }

        public string? Name { get; init; }

        public string? Version { get; init; }

        public string? Status { get; init; }

        public long? Beat { get; init; }

        public DateTime? SeenAt { get; init; }

        public required int Bots { get; init; }
    }
}
