using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace BpfMaps;

/// <summary>PERF_RECORD_SAMPLE with time and raw data, in this order.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 4)]
internal struct PerfSampleRecord
{
    public const uint Type = 9;

    public PerfRecordHeader Header;
    public ulong Time;
    public uint RawSize;

    /// <summary>The first byte of the raw data.</summary>
    public static ref byte Raw(ref byte record) => ref Unsafe.Add(ref record, Unsafe.SizeOf<PerfSampleRecord>());
}
