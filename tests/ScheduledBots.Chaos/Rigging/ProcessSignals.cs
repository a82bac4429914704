using System.ComponentModel;
using System.Runtime.InteropServices;

namespace ScheduledBots.Chaos.Rigging;

/// <summary>The signals that a process cannot refuse. Linux.</summary>
internal static partial class ProcessSignals
{
    private const int Stop = 19, Continue = 18; // SIGSTOP, SIGCONT

    /// <summary>The process stands still until it is resumed: no thread of it runs.</summary>
    public static void Freeze(int process) => Send(process, Stop);

    public static void Resume(int process) => Send(process, Continue);

    private static void Send(int process, int signal)
    {
        if (Kill(process, signal) != 0)
        {
            throw new Win32Exception(Marshal.GetLastPInvokeError(), $"signal {signal} to process {process}");
        }
    }

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static partial int Kill(int process, int signal);
}
