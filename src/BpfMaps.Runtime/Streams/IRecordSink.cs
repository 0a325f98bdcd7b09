using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace BpfMaps;

/// <summary>Where the records of one run go. Implemented by structs, so that the loop over the records is compiled for each with nothing in between.</summary>
internal interface IRecordSink
{
    /// <summary>Receives a record, of which the stream's position is past already.</summary>
    /// <param name="record">Its first byte.</param>
    /// <param name="length">Its bytes.</param>
    /// <returns><see langword="false"/> if it was too short and does not count.</returns>
    bool Take(ref byte record, int length);
}

/// <summary>What to do with records that are too short: one for each stream.</summary>
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
        $"A record of map {map} has {length} bytes, {typeName} has {expectedLength}. It was skipped; set OnMalformed to receive such records.", length, expectedLength, map.Name);
}

/// <summary>Hands records to a typed handler, in place.</summary>
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

/// <summary>Hands records to a handler of bytes, in place. None is too short.</summary>
internal readonly struct BytesSink(BpfRecordHandler handler) : IRecordSink
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool Take(ref byte record, int length)
    {
        handler(MemoryMarshal.CreateReadOnlySpan(ref record, length));
        return true;
    }
}

/// <summary>Hands records to a handler that looks at their beginning first, in place.</summary>
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

/// <summary>Copies a record out.</summary>
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
