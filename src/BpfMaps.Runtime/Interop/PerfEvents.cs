using System.Runtime.InteropServices;

namespace BpfMaps.Interop;

/// <summary>perf_event_open(2), as far as programs write to it with <c>bpf_perf_event_output</c>.</summary>
internal static unsafe class PerfEvents
{
    private const uint TypeSoftware = 1;
    private const ulong SoftwareBpfOutput = 10;
    private const ulong SampleTime = 1 << 2;
    private const ulong SampleRaw = 1 << 10;
    private const int ClockMonotonic = 1;
    private const nint CloseOnExec = 8;
    private const int AnyProcess = -1;
    private const int NoGroup = -1;

    // use_clockid, a bit field: C counts its bits from the other end on big-endian machines.
    private const int UseClockIdBit = 25;

    private static readonly int s_number = RuntimeInformation.ProcessArchitecture switch
    {
        Architecture.X64 => 298,
        Architecture.Arm64 or Architecture.RiscV64 or Architecture.LoongArch64 => 241,
        Architecture.S390x => 331,
        Architecture.Ppc64le => 319,
        _ => -1,
    };

    /// <summary>Opens the events that programs write on a CPU. Every sample wakes the reader.</summary>
    /// <returns>0, or the error number; ENODEV if the CPU is offline.</returns>
    public static int Open(int cpu, out OwnedDescriptor? descriptor)
    {
        PerfEventAttribute attribute = default;
        attribute.Type = TypeSoftware;
        attribute.Size = (uint)sizeof(PerfEventAttribute);
        attribute.Configuration = SoftwareBpfOutput;
        attribute.SamplePeriod = 1;
        attribute.SampleType = SampleTime | SampleRaw;
        attribute.Flags = 1ul << (BitConverter.IsLittleEndian ? UseClockIdBit : 63 - UseClockIdBit);
        attribute.WakeUpEvents = 1;
        attribute.ClockId = ClockMonotonic;
        nint result = Libc.Syscall(s_number, (nint)(&attribute), AnyProcess, cpu, NoGroup, CloseOnExec);
        return OwnedDescriptor.Adopt((int)result, out descriptor);
    }
}

/// <summary><c>struct perf_event_attr</c> up to the clock (PERF_ATTR_SIZE_VER3, Linux 4.1).</summary>
[StructLayout(LayoutKind.Explicit, Size = 96)]
internal struct PerfEventAttribute
{
    [FieldOffset(0)] public uint Type;
    [FieldOffset(4)] public uint Size;
    [FieldOffset(8)] public ulong Configuration;
    [FieldOffset(16)] public ulong SamplePeriod;
    [FieldOffset(24)] public ulong SampleType;
    [FieldOffset(40)] public ulong Flags;
    [FieldOffset(48)] public uint WakeUpEvents;
    [FieldOffset(92)] public int ClockId;
}
