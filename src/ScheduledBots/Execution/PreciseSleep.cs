using System.Runtime.InteropServices;

namespace ScheduledBots.Execution;

/// <summary>
/// The platform's most precise short sleep, for one thread. On Linux: the timer slack of the thread is set to its
/// least, and the kernel's high-resolution sleep is called directly. Elsewhere the runtime's own wait, in milliseconds.
/// </summary>
internal static partial class PreciseSleep
{
    private const int SetTimerSlack = 29; // PR_SET_TIMERSLACK of linux/prctl.h

    /// <summary>What is in force, in words.</summary>
    public static string Description { get; } = OperatingSystem.IsLinux() ? "nanosleep" : "managed waits";

    /// <summary>Prepares the calling thread.</summary>
    public static void Prepare()
    {
        if (OperatingSystem.IsLinux())
        {
            // A refusal leaves the default slack of 50 microseconds, which is harmless.
            _ = Prctl(SetTimerSlack, 1, 0, 0, 0);
        }
    }

    /// <summary>Sleeps about as long; may return early, so the clock is read again.</summary>
    public static void Sleep(TimeSpan duration)
    {
        if (OperatingSystem.IsLinux())
        {
            var wanted = new TimeSpec((nint)(duration.Ticks / TimeSpan.TicksPerSecond), (nint)(duration.Ticks % TimeSpan.TicksPerSecond * TimeSpan.NanosecondsPerTick));
            _ = NanoSleep(wanted, 0);
        }
        else
        {
            // Nobody ever signals the thread itself: this is a bare wait, in whole milliseconds.
            Thread.CurrentThread.Join(TimeSpan.FromMilliseconds(Math.Floor(duration.TotalMilliseconds)));
        }
    }

    [LibraryImport("libc", EntryPoint = "prctl")]
    private static partial int Prctl(int option, nuint argument2, nuint argument3, nuint argument4, nuint argument5);

    [LibraryImport("libc", EntryPoint = "nanosleep")]
    private static partial int NanoSleep(in TimeSpec wanted, nint remaining);

    /// <summary>The layout of <c>struct timespec</c> on 64-bit Linux.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private readonly struct TimeSpec(nint seconds, nint nanoseconds)
    {
        private readonly nint _seconds = seconds;
        private readonly nint _nanoseconds = nanoseconds;
    }
}
