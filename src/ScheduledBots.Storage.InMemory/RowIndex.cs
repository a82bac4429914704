using ScheduledBots.Lifecycle;

namespace ScheduledBots.Storage.InMemory;

/// <summary>The rows, and what finds them without a scan. A row is taken out before it changes and put back after.</summary>
/// <remarks>Not thread-safe; the store's lock guards it.</remarks>
internal sealed class RowIndex
{
    private static readonly IComparer<BotRow> BySettledAt = Comparer<BotRow>.Create((left, right) =>
        left.SettledAt.CompareTo(right.SettledAt) is var order and not 0 ? order : left.Id.CompareTo(right.Id));

    private readonly Dictionary<BotId, BotRow> _rows = [];
    private readonly Dictionary<(string Tenant, string Key), BotRow> _keys = [];

    /// <summary>Every row.</summary>
    public IReadOnlyCollection<BotRow> All => _rows.Values;

    /// <summary>Rows that can be claimed, by JoinAt.</summary>
    public DueIndex Unowned { get; } = [];

    /// <summary>Rows that an engine works for.</summary>
    public HashSet<BotRow> Owned { get; } = [];

    /// <summary>Rows that can be armed, by JoinAt.</summary>
    public SortedSet<BotRow> Armable { get; } = new(BotRow.ByJoinAt);

    /// <summary>Settled rows, by the instant.</summary>
    public SortedSet<BotRow> Settled { get; } = new(BySettledAt);

    public BotRow? Find(BotId id) => _rows.GetValueOrDefault(id);

    public BotRow? FindUnsettled(string tenant, string? key) => key is null ? null : _keys.GetValueOrDefault((tenant, key));

    public void Add(BotRow row)
    {
        _rows.Add(row.Id, row);
        PutIn(row);
    }

    public void Remove(BotRow row)
    {
        TakeOut(row);
        _rows.Remove(row.Id);
    }

    public void Change(BotRow row, Action change)
    {
        TakeOut(row);
        change();
        PutIn(row);
    }

    private void TakeOut(BotRow row)
    {
        switch (GroupOf(row))
        {
            case Group.Settled: Settled.Remove(row); break;
            case Group.Owned: Owned.Remove(row); break;
            case Group.Unowned: Unowned.Remove(row); break;
            default: break;
        }

        if (IsArmable(row))
        {
            Armable.Remove(row);
        }

        if (!row.IsSettled && row.DeduplicationKey is { } key)
        {
            _keys.Remove((row.Tenant, key));
        }
    }

    private void PutIn(BotRow row)
    {
        switch (GroupOf(row))
        {
            case Group.Settled: Settled.Add(row); break;
            case Group.Owned: Owned.Add(row); break;
            case Group.Unowned: Unowned.Add(row); break;
            default: break;
        }

        if (IsArmable(row))
        {
            Armable.Add(row);
        }

        if (!row.IsSettled && row.DeduplicationKey is { } key)
        {
            _keys.Add((row.Tenant, key), row);
        }
    }

    private static Group GroupOf(BotRow row) =>
        row.IsSettled ? Group.Settled
        : row.Owner is not null ? Group.Owned
        : row.Status == BotStatus.Joining ? Group.None // no transition frees a joining bot, and nothing may claim one
        : Group.Unowned;

    private static bool IsArmable(BotRow row) =>
        row.Status == BotStatus.Staged && row.Engine is { Owner: not null, ArmedUntil: null } columns && columns.StagedFence == columns.Fence;

    private enum Group
    {
        None,
        Unowned,
        Owned,
        Settled,
    }
}
