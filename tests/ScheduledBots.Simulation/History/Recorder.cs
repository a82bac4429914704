using System.Globalization;
using System.Text;
using ScheduledBots.Lifecycle;

namespace ScheduledBots.Simulation.History;

/// <summary>Keeps what happened, in order, and writes it out so that two runs can be compared byte for byte.</summary>
internal sealed class Recorder
{
    private readonly Dictionary<BotId, int> _names = [];

    public List<Entry> Entries { get; } = [];

    /// <summary>Bots are known by their numbers in the plan.</summary>
    public void Name(BotId id, int number) => _names[id] = number;

    public string NameOf(BotId id) => _names.TryGetValue(id, out int number) ? $"b{number}" : id.ToString();

    public void Add(Entry entry) => Entries.Add(entry);

    /// <summary>The whole history, or what concerns one bot and the processes.</summary>
    public string Write(BotId? only = null)
    {
        var text = new StringBuilder();
        foreach (Entry entry in Entries.Where(entry => only is null || BotOf(entry) is not { } bot || bot == only))
        {
            text.Append(CultureInfo.InvariantCulture, $"{entry.At / 10_000_000.0:F7} p{entry.Process} ");
            Write(text, entry);
            text.Append('\n');
        }

        return text.ToString();
    }

    private static BotId? BotOf(Entry entry) => entry switch
    {
        Entry.Wrote wrote => (wrote.After ?? wrote.Before)?.Id,
        Entry.Allocating allocating => allocating.Bot,
        Entry.Allocated allocated => allocated.Bot,
        Entry.Cancelled cancelled => cancelled.Bot,
        Entry.Released released => released.Bot,
        Entry.Joining joining => joining.Attempt.Bot.Id,
        Entry.Joined joined => joined.Bot,
        Entry.Called called => called.Bot,
        _ => null,
    };

    private void Write(StringBuilder text, Entry entry)
    {
        IFormatProvider plain = CultureInfo.InvariantCulture;
        switch (entry)
        {
            case Entry.Born born: text.Append(plain, $"born on machine {born.Machine}{(born.IsUpgraded ? " of the next version" : "")}"); break;
            case Entry.Named named: text.Append(plain, $"named {named.Node}"); break;
            case Entry.Died died: text.Append(died.Drained ? "drained" : "killed"); break;
            case Entry.Faulted faulted: text.Append(plain, $"{(faulted.Begins ? "begins" : "ends")}: {faulted.Fault}"); break;
            case Entry.Stated stated: text.Append(plain, $"stated {stated.Verb}"); break;
            case Entry.Beaten beaten: text.Append(plain, $"beat of {beaten.Node} as {beaten.Status}: {(beaten.Applied ? "applied" : "refused")}"); break;
            case Entry.Overtrusted asked: text.Append(plain, $"asks to {asked.Verb} as {asked.Node}, which is dead"); break;
            case Entry.DeclaredDead dead: text.Append(plain, $"declared {dead.Node} dead: {(dead.Applied ? "applied" : "refused")}"); break;
            case Entry.Wrote wrote: Write(text, wrote); break;
            case Entry.Allocating c: text.Append(plain, $"{(c.Attach ? "attaching" : "allocating")} {NameOf(c.Bot)} fence {c.Fence}"); break;
            case Entry.Allocated c: text.Append(plain, $"{(c.Delivered ? "allocated" : "not allocated")} {NameOf(c.Bot)} fence {c.Fence}"); break;
            case Entry.Cancelled c: text.Append(plain, $"{(c.IsJoin ? "join" : "allocation")} cancelled {NameOf(c.Bot)} fence {c.Fence}"); break;
            case Entry.Released c: text.Append(plain, $"released {NameOf(c.Bot)} fence {c.Fence}"); break;
            case Entry.Joining c: text.Append(plain, $"joining {NameOf(c.Attempt.Bot.Id)} attempt {c.Attempt.Attempt} fence {c.Attempt.Fence} at {c.Attempt.StartedAt:HH:mm:ss.ffffff} wall {c.Wall:HH:mm:ss.ffffff} due {c.Attempt.Bot.JoinAt:HH:mm:ss.ffffff}{(c.Attempt.PossiblyStarted ? " possibly started" : "")}"); break;
            case Entry.Joined c: text.Append(plain, $"joiner returned {NameOf(c.Bot)} attempt {c.Attempt} fence {c.Fence}: {c.Outcome?.ToString() ?? "threw"}"); break;
            case Entry.Called c: text.Append(plain, $"called {c.Verb} {NameOf(c.Bot)}: {c.Outcome}"); break;
            case Entry.Faltered c: text.Append(plain, $"faltered: {_names.Aggregate(c.Words, (words, name) => words.Replace(name.Key.ToString(), NameOf(name.Key), StringComparison.Ordinal))}"); break;
            default: throw new System.Diagnostics.UnreachableException(entry.GetType().Name);
        }
    }

    private void Write(StringBuilder text, Entry.Wrote wrote)
    {
        text.Append(CultureInfo.InvariantCulture, $"{wrote.Verb} {NameOf((wrote.After ?? wrote.Before)!.Id)} -> ");
        if (wrote.After is not { } row)
        {
            text.Append("gone");
            return;
        }

        text.Append(CultureInfo.InvariantCulture, $"{row.Status} v{row.Version} owner {(row.Owner is { } owner ? owner.ToString()[..8] : "none")} fence {row.Fence} attempt {row.Attempt} due {row.JoinAt:HH:mm:ss.ffffff}");
        Append(text, "staged", row.StagedFence?.Value.ToString(CultureInfo.InvariantCulture));
        Append(text, "armed until", row.ArmedUntil?.ToString("HH:mm:ss.ffffff", CultureInfo.InvariantCulture));
        Append(text, "not before", row.NotBefore?.ToString("HH:mm:ss.ffffff", CultureInfo.InvariantCulture));
        Append(text, "started", row.StartedAt?.ToString("HH:mm:ss.ffffff", CultureInfo.InvariantCulture));
        Append(text, "failure", row.LastFailure?.Reason.ToString());
        Append(text, "", row.PossiblyStarted ? "possibly started" : null);
        Append(text, "crashes", row.Crashes == 0 ? null : row.Crashes.ToString(CultureInfo.InvariantCulture));
    }

    private static void Append(StringBuilder text, string name, string? value)
    {
        if (value is not null)
        {
            text.Append(' ').Append(name).Append(' ').Append(value);
        }
    }
}
