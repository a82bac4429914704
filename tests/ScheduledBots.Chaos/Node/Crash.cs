using System.Diagnostics;

namespace ScheduledBots.Chaos.Node;

/// <summary>Ends the process as <c>kill -9</c> would, at a named point, the n-th time it is passed.</summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class Crash(CrashPoint point, int passes)
{
    private int _left = passes;

    /// <summary>Does not return where the process ends here.</summary>
    public void At(CrashPoint passed)
    {
        if (passed == point && Interlocked.Decrement(ref _left) < 0)
        {
            Process.GetCurrentProcess().Kill();
            Thread.Sleep(Timeout.Infinite);
        }
    }
}
