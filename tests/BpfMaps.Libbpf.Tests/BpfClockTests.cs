using System.Runtime.InteropServices;

namespace BpfMaps.Tests;

/// <summary>The clocks of programs, read in this process and in a program.</summary>
public sealed class BpfClockTests
{
    [Fact]
    public void TimesOfAProgram_AreBetweenTimesOfThisProcess()
    {
        using BpfObject programs = BpfObject.Open(CompiledFixture.Path("clocks"));
        programs.Load();
        using RawMap globals = programs.GetMap(".bss").Open();
        (ulong monotonic, ulong boot) = (BpfClock.Now, BpfClock.BootNow);

        programs.GetProgram("read_clocks").TestRun(new byte[64]);

        Span<ulong> times = stackalloc ulong[2];
        Assert.True(globals.TryLookup(MemoryMarshal.AsBytes<int>([0]), MemoryMarshal.AsBytes(times)));
        Assert.InRange(times[0], monotonic, BpfClock.Now);
        Assert.InRange(times[1], boot, BpfClock.BootNow);
    }

    [Fact]
    public void Times_BecomeTimesOfDay()
    {
        // The clock of the day may be set during the test, by less than these hours.
        TimeSpan hours = TimeSpan.FromHours(3),
            tolerance = TimeSpan.FromHours(1);
        DateTimeOffset then = DateTimeOffset.UtcNow - hours;

        DateTimeOffset monotonic = BpfClock.ToDateTimeOffset(BpfClock.Now) - hours,
            boot = BpfClock.BootToDateTimeOffset(BpfClock.BootNow) - hours,
            later = BpfClock.ToDateTimeOffset(BpfClock.Now + (ulong)hours.TotalNanoseconds) - hours - hours;

        Assert.All([monotonic, boot, later], time => Assert.InRange(time, then - tolerance, then + tolerance));
    }

    [Fact]
    public void Ago_IsEarlier()
    {
        ulong before = BpfClock.Now;

        ulong earlier = BpfClock.Ago(TimeSpan.FromMicroseconds(5));

        Assert.InRange(earlier, before - 5_000, BpfClock.Now - 5_000);
        Assert.Equal(0UL, BpfClock.Ago(TimeSpan.MaxValue));
        Assert.Throws<ArgumentOutOfRangeException>(() => BpfClock.Ago(TimeSpan.FromTicks(-1)));
    }
}
