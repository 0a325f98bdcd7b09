using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace BpfMaps;

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
