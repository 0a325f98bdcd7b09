using System.Runtime.InteropServices;

namespace BpfMaps.Interop;

/// <summary><c>struct perf_event_attr</c> up to the clock (PERF_ATTR_SIZE_VER3, Linux 4.1).</summary>
[StructLayout(LayoutKind.Explicit, Size = 96)]
internal struct PerfEventAttribute
{
    [FieldOffset(0)]
    public uint Type;

    [FieldOffset(4)]
    public uint Size;

    [FieldOffset(8)]
    public ulong Configuration;

    [FieldOffset(16)]
    public ulong SamplePeriod;

    [FieldOffset(24)]
    public ulong SampleType;

    [FieldOffset(40)]
    public ulong Flags;

    [FieldOffset(48)]
    public uint WakeUpEvents;

    [FieldOffset(92)]
    public int ClockId;
}
