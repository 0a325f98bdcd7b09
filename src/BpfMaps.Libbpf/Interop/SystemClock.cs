using System.Runtime.InteropServices;

namespace BpfMaps.Interop;

/// <summary>The clock that the kernel's times are relative to.</summary>
internal static unsafe partial class SystemClock
{
    private const int BootClock = 7;

    /// <summary>Gets when the machine was booted: the zero of CLOCK_BOOTTIME, in the time of this machine.</summary>
    public static DateTimeOffset BootTime
    {
        get
        {
            TimeSpecification sinceBoot = default;
            DateTimeOffset now = DateTimeOffset.UtcNow;
            return GetTime(BootClock, &sinceBoot) == 0
                ? now
                    - TimeSpan.FromTicks(sinceBoot.Seconds * TimeSpan.TicksPerSecond + sinceBoot.Nanoseconds / TimeSpan.NanosecondsPerTick)
                : now;
        }
    }

    [LibraryImport("libc", EntryPoint = "clock_gettime")]
    private static partial int GetTime(int clock, TimeSpecification* time);
}
