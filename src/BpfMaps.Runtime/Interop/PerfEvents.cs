using System.Runtime.InteropServices;

namespace BpfMaps.Interop;

/// <summary>perf_event_open(2): what programs write to with <c>bpf_perf_event_output</c>, and the clock that runs them.</summary>
internal static unsafe class PerfEvents
{
    private const uint TypeSoftware = 1;
    private const ulong SoftwareCpuClock = 0;
    private const ulong SoftwareBpfOutput = 10;
    private const ulong SampleTime = 1 << 2;
    private const ulong SampleRaw = 1 << 10;
    private const int ClockMonotonic = 1;
    private const nint CloseOnExec = 8;
    private const int AnyProcess = -1;
    private const int NoGroup = -1;

    // Numbers of bit fields.
    private const int FrequencyBit = 10;
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
        attribute.Configuration = SoftwareBpfOutput;
        attribute.SamplePeriod = 1;
        attribute.SampleType = SampleTime | SampleRaw;
        attribute.Flags = Bit(UseClockIdBit);
        attribute.WakeUpEvents = 1;
        attribute.ClockId = ClockMonotonic;
        return Open(ref attribute, cpu, out descriptor);
    }

    /// <summary>Opens a CPU's clock, which runs a program so many times a second.</summary>
    /// <returns>0, or the error number; ENODEV if the CPU is offline, EINVAL if the frequency is higher than the system allows.</returns>
    public static int OpenClock(int cpu, ulong frequency, out OwnedDescriptor? descriptor)
    {
        PerfEventAttribute attribute = default;
        attribute.Configuration = SoftwareCpuClock;
        attribute.SamplePeriod = frequency;
        attribute.Flags = Bit(FrequencyBit);
        return Open(ref attribute, cpu, out descriptor);
    }

    private static int Open(ref PerfEventAttribute attribute, int cpu, out OwnedDescriptor? descriptor)
    {
        attribute.Type = TypeSoftware;
        attribute.Size = (uint)sizeof(PerfEventAttribute);
        fixed (PerfEventAttribute* pointer = &attribute)
        {
            nint result = Libc.Syscall(s_number, (nint)pointer, AnyProcess, cpu, NoGroup, CloseOnExec);
            return OwnedDescriptor.Adopt((int)result, out descriptor);
        }
    }

    /// <summary>C counts the bits of a field from the other end on big-endian machines.</summary>
    private static ulong Bit(int number) => 1ul << (BitConverter.IsLittleEndian ? number : 63 - number);
}
