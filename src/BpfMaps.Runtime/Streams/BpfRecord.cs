using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace BpfMaps;

/// <summary>Receives a record in place. The reference must not be kept: the memory belongs to the stream again when the handler returns.</summary>
/// <typeparam name="T">The type of the records.</typeparam>
/// <param name="record">The record, where the program wrote it.</param>
public delegate void BpfEventHandler<T>(in T record)
    where T : unmanaged;

/// <summary>Receives the bytes of a record in place. The memory belongs to the stream again when the handler returns.</summary>
/// <param name="record">All bytes of the record.</param>
public delegate void BpfRecordHandler(ReadOnlySpan<byte> record);

/// <summary>Receives a record whose beginning says what it is. The memory belongs to the stream again when the handler returns.</summary>
/// <typeparam name="T">The type that all records begin with.</typeparam>
/// <param name="prefix">The beginning of the record: a tag, say, that decides which type <see cref="BpfRecord.As{TRecord}"/> reads it as.</param>
/// <param name="record">All bytes of the record, the prefix included.</param>
public delegate void BpfDispatchHandler<T>(in T prefix, ReadOnlySpan<byte> record)
    where T : unmanaged;

/// <summary>Reads the bytes of a record as types.</summary>
public static class BpfRecord
{
    /// <summary>The record as a type, in place. It may be longer than the type.</summary>
    /// <typeparam name="TRecord">What the record is.</typeparam>
    /// <param name="record">The bytes.</param>
    /// <returns>A reference into the bytes, valid as long as they are.</returns>
    /// <exception cref="BpfMalformedRecordException">The record is shorter than the type.</exception>
    public static ref readonly TRecord As<TRecord>(ReadOnlySpan<byte> record)
        where TRecord : unmanaged
    {
        if (record.Length < Unsafe.SizeOf<TRecord>())
            ThrowTooShort<TRecord>(record.Length);
        return ref Unsafe.As<byte, TRecord>(ref MemoryMarshal.GetReference(record));
    }

    /// <summary>What follows the part of a record that has a type: the tail of a record of varying size.</summary>
    /// <typeparam name="THeader">What the record begins with.</typeparam>
    /// <param name="record">The bytes.</param>
    /// <returns>The bytes after the header; empty if there are none.</returns>
    /// <exception cref="BpfMalformedRecordException">The record is shorter than the header.</exception>
    public static ReadOnlySpan<byte> Tail<THeader>(ReadOnlySpan<byte> record)
        where THeader : unmanaged
    {
        if (record.Length < Unsafe.SizeOf<THeader>())
            ThrowTooShort<THeader>(record.Length);
        return record[Unsafe.SizeOf<THeader>()..];
    }

    [DoesNotReturn]
    private static void ThrowTooShort<TRecord>(int length)
        where TRecord : unmanaged
    {
        int expected = Unsafe.SizeOf<TRecord>();
        throw new BpfMalformedRecordException($"A record of {length} bytes cannot be read as {typeof(TRecord).Name}, which has {expected}.", length, expected);
    }
}
