using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace BpfMaps.InMemory;

/// <summary>
/// The storage format of an element's value, and the part of it that a caller sees. Only this class handles per-CPU values.
/// </summary>
internal sealed class ValueFormat(MapShape shape)
{
    private readonly int _size = shape.ValueSize;
    private readonly int _stride = BpfMapTypeFacts.Stride(shape.ValueSize);
    private readonly int? _lockOffset = shape.LockOffset;

    private readonly bool _isPerCpu = shape.Type.IsPerCpu();

    /// <summary>The stored size of an element's value in bytes: one value, or one slot for each possible CPU.</summary>
    public int StoredSize { get; } = shape.Type.IsPerCpu() ? BpfMapTypeFacts.Stride(shape.ValueSize) * shape.CpuCount : shape.ValueSize;

    /// <summary>Copies the caller's part out of an element.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Read(in Caller caller, ref readonly byte stored, Span<byte> value)
    {
        if (caller.IsProgram && _isPerCpu)
            MemoryMarshal.CreateReadOnlySpan(in Unsafe.Add(ref Unsafe.AsRef(in stored), caller.Slot * _stride), _size).CopyTo(value);
        else
            MemoryMarshal.CreateReadOnlySpan(in stored, StoredSize).CopyTo(value);
    }

    /// <summary>Copies the caller's part into an element.</summary>
    public void Write(in Caller caller, ref byte stored, ReadOnlySpan<byte> value)
    {
        value.CopyTo(PartOf(caller, ref stored));
        if (_lockOffset is { } offset)
            Unsafe.WriteUnaligned(ref Unsafe.Add(ref stored, offset), 0); // A lock cannot be written, and reads as zero.
    }

    /// <summary>Copies the caller's part into a new element. The values of other CPUs start at zero.</summary>
    public void WriteNew(in Caller caller, ref byte stored, ReadOnlySpan<byte> value)
    {
        if (value.Length != StoredSize)
            MemoryMarshal.CreateSpan(ref stored, StoredSize).Clear();
        Write(caller, ref stored, value);
    }

    /// <summary>Gets the part of an element that the caller sees.</summary>
    public Span<byte> PartOf(in Caller caller, ref byte stored) =>
        caller.IsProgram && _isPerCpu
            ? MemoryMarshal.CreateSpan(ref Unsafe.Add(ref stored, caller.Slot * _stride), _size)
            : MemoryMarshal.CreateSpan(ref stored, StoredSize);
}
