using System.Runtime.CompilerServices;

namespace BpfMaps;

/// <summary>Copies a record.</summary>
internal struct CopySink<T>(MalformedRecords malformed) : IRecordSink
    where T : unmanaged
{
    public T Record;

    public bool Take(ref byte record, int length)
    {
        if (length < Unsafe.SizeOf<T>())
            return malformed.Take(ref record, length);
        Record = Unsafe.ReadUnaligned<T>(ref record);
        return true;
    }
}
