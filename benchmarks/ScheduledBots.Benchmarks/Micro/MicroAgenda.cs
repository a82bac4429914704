using ScheduledBots.Benchmarks.Store;
using ScheduledBots.Configuration;
using ScheduledBots.Lifecycle;
using ScheduledBots.Planning;

namespace ScheduledBots.Benchmarks.Micro;

/// <summary>An agenda with bots, brought as far as a question asks, and the commands that it gave last.</summary>
internal sealed class MicroAgenda
{
    /// <summary>When all of it begins. A fixed instant: an agenda has no clock.</summary>
    public static readonly DateTimeOffset Now = new(2030, 1, 1, 8, 0, 0, TimeSpan.Zero);

    private readonly List<Command> _commands = [];

    /// <param name="maxBots">How many bots may be staged, and join, at once.</param>
    public MicroAgenda(int maxBots) => Agenda = new Agenda(
        new ScheduledBotsOptions { MaxConcurrentAllocations = maxBots, MaxConcurrentJoins = maxBots, MaxOwnedBots = maxBots * 2 }, isShared: true, Now, _commands);

    public Agenda Agenda { get; }

    /// <summary>Bots of one owner, due within a second from an instant, in no order.</summary>
    public static Bot[] NewBots(int count, DateTimeOffset from)
    {
        var random = new Random(1);
        var owner = new NodeId(Guid.CreateVersion7());
        return [.. Enumerable.Range(0, count)
            .Select(_ => BenchBots.New(from.AddTicks(random.NextInt64(TimeSpan.TicksPerSecond / 10) * 10)))
            .Select(bot => ((ScheduledBot)Bot.FromSnapshot(bot)).ClaimedBy(owner))];
    }

    /// <summary>Takes claimed bots in.</summary>
    public int Load(Bot[] bots)
    {
        Agenda.Handle(new Signal.Loaded(bots, int.MaxValue, null), Now);
        return Advance(Now);
    }

    /// <summary>Takes bots in that are due soon, and has them staged and armed.</summary>
    public void LoadArmed(Bot[] bots)
    {
        Agenda.Handle(new Signal.Loaded(bots, int.MaxValue, null), Now);
        Agenda.Advance(Now);
        foreach (Command.Stage stage in _commands.OfType<Command.Stage>().ToArray())
        {
            var bot = (ScheduledBot)stage.Bot;
            StagedBot armed = bot.Stage(new ResourceHandle("seat", IsPortable: false)).Arm(bot.JoinAt.AddSeconds(5));
            Agenda.Handle(new Signal.StagingEnded(bot.Id, bot.Fence, armed), Now);
        }

        Advance(Now);
    }

    /// <summary>Lets time pass.</summary>
    /// <returns>How many commands that gave.</returns>
    public int Advance(DateTimeOffset now)
    {
        Agenda.Advance(now);
        int count = _commands.Count;
        _commands.Clear();
        return count;
    }
}
