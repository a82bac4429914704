using System.Text;
using Microsoft.Win32.SafeHandles;
using ScheduledBots.Chaos.Judging;
using ScheduledBots.Extensibility;
using ScheduledBots.Lifecycle;

namespace ScheduledBots.Chaos.Node;

/// <summary>Writes down what the host's code did, line by line, each handed to the kernel at once: a process that is killed keeps every line.</summary>
/// <remarks>
/// Thread-safe. The clocks are read first, before the line is made. They are the true ones of the machine, whatever the
/// engine was told: processes of one machine share both, so that lines of several can be compared.
/// </remarks>
internal sealed class Witness(string file) : IDisposable
{
    private readonly SafeFileHandle _handle = File.OpenHandle(file, FileMode.CreateNew, FileAccess.Write, FileShare.Read);
    private readonly Lock _lock = new();
    private long _offset;

    public void Write(WitnessKind kind, Bot bot, Fence fence) => Write(new WitnessLine
    {
        Kind = kind,
        WallAt = TimeProvider.System.GetUtcNow(),
        Timestamp = TimeProvider.System.GetTimestamp(),
        Bot = bot.Id.Value,
        Fence = fence.Value,
        JoinAt = bot.JoinAt,
    });

    public void Write(JoinAttempt attempt, WitnessKind kind) => Write(new WitnessLine
    {
        Kind = kind,
        WallAt = TimeProvider.System.GetUtcNow(),
        Timestamp = TimeProvider.System.GetTimestamp(),
        Bot = attempt.Bot.Id.Value,
        Fence = attempt.Fence.Value,
        JoinAt = attempt.Bot.JoinAt,
        Attempt = attempt.Attempt,
        PossiblyStarted = attempt.PossiblyStarted,
        ArmedUntil = (attempt.Bot as StagedBot)?.ArmedUntil,
    });

    public void Dispose() => _handle.Dispose();

    private void Write(WitnessLine line)
    {
        byte[] bytes = Encoding.ASCII.GetBytes(line.Format());
        lock (_lock)
        {
            RandomAccess.Write(_handle, bytes, _offset);
            _offset += bytes.Length;
        }
    }
}
