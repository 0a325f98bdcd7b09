using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace BpfMaps;

/// <summary>
/// Receives the records of a call. Implementations are structs, so that the loop over the records is compiled for each of them.
/// </summary>
internal interface IRecordSink
{
    /// <summary>Receives a record. The position of the stream is already after it.</summary>
    /// <param name="record">The first byte of the record.</param>
    /// <param name="length">The size of the record in bytes.</param>
    /// <returns><see langword="false"/> if the record was too short and is not counted.</returns>
    bool Take(ref byte record, int length);
}

/// <summary>Handles the records of a stream that are too short.</summary>
internal sealed class MalformedRecords(RawMap map, string typeName, int expectedLength)
{
    public BpfRecordHandler? Handler { get; set; }

    public bool Take(ref byte record, int length)
    {
        BpfRecordHandler? handler = Handler;
        if (handler is null)
            Throw(length);
        handler(MemoryMarshal.CreateReadOnlySpan(ref record, length));
        return false;
    }

    [DoesNotReturn]
    private void Throw(int length) => throw new BpfMalformedRecordException(
        $"A record of map {map} has {length} bytes, but {typeName} has {expectedLength}. It was skipped; set OnMalformed to receive such records.", length, expectedLength, map.Name);
}

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
