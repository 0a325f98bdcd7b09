using System.Runtime.CompilerServices;

namespace BpfMaps;

/// <summary>Passes records to a typed handler in place.</summary>
internal readonly struct EventSink<T>(BpfRecordHandler<T> handler, MalformedRecords malformed) : IRecordSink
    where T : unmanaged
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool Take(ref byte record, int length)
    {
        if (length < Unsafe.SizeOf<T>())
            return malformed.Take(ref record, length);
        handler(in Unsafe.As<byte, T>(ref record));
        return true;
    }
}
