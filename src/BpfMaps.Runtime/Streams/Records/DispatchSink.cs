using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace BpfMaps;

/// <summary>Passes records to a handler of a header and bytes in place.</summary>
internal readonly struct DispatchSink<T>(BpfHeaderHandler<T> handler, MalformedRecords malformed) : IRecordSink
    where T : unmanaged
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool Take(ref byte record, int length)
    {
        if (length < Unsafe.SizeOf<T>())
            return malformed.Take(ref record, length);
        handler(in Unsafe.As<byte, T>(ref record), MemoryMarshal.CreateReadOnlySpan(ref record, length));
        return true;
    }
}
