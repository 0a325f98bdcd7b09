using System.Runtime.CompilerServices;

namespace BpfMaps;

/// <summary><c>struct perf_event_header</c>.</summary>
internal struct PerfRecordHeader
{
    public uint Type;
    public ushort Misc;
    public ushort Size;

    /// <summary>Gets the minimum size of a record of the type in bytes.</summary>
    public readonly int SmallestSize =>
        Type switch
        {
            PerfSampleRecord.Type => Unsafe.SizeOf<PerfSampleRecord>(),
            PerfLostRecord.Type => Unsafe.SizeOf<PerfLostRecord>(),
            _ => Unsafe.SizeOf<PerfRecordHeader>(),
        };
}
