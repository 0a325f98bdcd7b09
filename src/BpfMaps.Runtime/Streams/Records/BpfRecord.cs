using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace BpfMaps;

/// <summary>Reads the bytes of a record as another type.</summary>
public static class BpfRecord
{
    /// <summary>Gets a reference to a record as another type. The record may be longer than the type.</summary>
    /// <typeparam name="TRecord">The type of the record.</typeparam>
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

    /// <summary>Gets the bytes after the header of a record of varying size.</summary>
    /// <typeparam name="THeader">The type of the header.</typeparam>
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
        throw new BpfMalformedRecordException(
            $"The record has {length} bytes, but {typeof(TRecord).Name} has {expected}.",
            length,
            expected
        );
    }
}
