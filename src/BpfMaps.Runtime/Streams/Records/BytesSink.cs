using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace BpfMaps;

/// <summary>Passes records of any length to a handler of bytes in place.</summary>
internal readonly struct BytesSink(BpfRecordHandler handler) : IRecordSink
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool Take(ref byte record, int length)
    {
        handler(MemoryMarshal.CreateReadOnlySpan(ref record, length));
        return true;
    }
}
