using System.Runtime.CompilerServices;

namespace BpfMaps;

/// <summary>Passes samples to a typed handler in place, with their CPU and time.</summary>
internal readonly struct SampleSink<T>(BpfSampleHandler<T> handler, MalformedRecords malformed, PerfConsumer buffers) : IRecordSink
    where T : unmanaged
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool Take(ref byte record, int length)
    {
        if (length < Unsafe.SizeOf<T>())
            return malformed.Take(ref record, length);
        handler(in Unsafe.As<byte, T>(ref record), buffers.Current);
        return true;
    }
}
