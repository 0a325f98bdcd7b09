using BpfMaps.Interop;

namespace BpfMaps;

/// <summary>The clocks that BPF programs read. Times that a program stored become times of day, and can be compared with now.</summary>
/// <remarks>Both clocks count nanoseconds since the machine was started. They differ if it was suspended since then.</remarks>
/// <exception cref="PlatformNotSupportedException">The operating system does not have the clock.</exception>
public static unsafe class BpfClock
{
    private const int Monotonic = 1;
    private const int Boot = 7;

    /// <summary>
    /// Gets what <c>bpf_ktime_get_ns</c> returns now: nanoseconds since the start of the machine, without suspended time (CLOCK_MONOTONIC).
    /// </summary>
    public static ulong Now => (ulong)Read(Monotonic);

    /// <summary>
    /// Gets what <c>bpf_ktime_get_boot_ns</c> returns now (Linux 5.8): nanoseconds since the start of the machine (CLOCK_BOOTTIME).
    /// </summary>
    public static ulong BootNow => (ulong)Read(Boot);

    /// <summary>Gets an earlier time of the clock of <see cref="Now"/>, for instance as the limit for elements that are too old.</summary>
    /// <param name="time">How long ago.</param>
    /// <returns>The time in nanoseconds; 0 if the machine had not been started.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="time"/> is negative.</exception>
    public static ulong Ago(TimeSpan time)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(time, TimeSpan.Zero);
        ulong now = Now,
            nanoseconds = (ulong)time.Ticks > ulong.MaxValue / TimeSpan.NanosecondsPerTick
                ? ulong.MaxValue
                : (ulong)time.Ticks * TimeSpan.NanosecondsPerTick;
        return now > nanoseconds ? now - nanoseconds : 0;
    }

    /// <summary>Converts a time of <c>bpf_ktime_get_ns</c> to the time of day.</summary>
    /// <param name="nanoseconds">The time that the program stored.</param>
    /// <returns>The time in UTC. If the machine was suspended since, it is too late by that time.</returns>
    public static DateTimeOffset ToDateTimeOffset(ulong nanoseconds) => Convert(nanoseconds, Monotonic);

    /// <summary>Converts a time of <c>bpf_ktime_get_boot_ns</c> to the time of day.</summary>
    /// <param name="nanoseconds">The time that the program stored.</param>
    /// <returns>The time in UTC.</returns>
    public static DateTimeOffset BootToDateTimeOffset(ulong nanoseconds) => Convert(nanoseconds, Boot);

    private static DateTimeOffset Convert(ulong nanoseconds, int clock)
    {
        long sinceThen = Read(clock) - checked((long)nanoseconds);
        return DateTimeOffset.UtcNow.AddTicks(-sinceThen / TimeSpan.NanosecondsPerTick);
    }

    private static long Read(int clock)
    {
        TimeSpecification time = default;
        return Libc.GetTime(clock, &time) == 0
            ? checked((time.Seconds * 1_000_000_000L) + time.Nanoseconds)
            : throw new PlatformNotSupportedException("This operating system does not have the clock of BPF programs.");
    }
}
