using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace BpfMaps;

/// <summary>
/// The memory of an arena, readable and writable in place. The memory stays mapped until the view is disposed, even after the map is
/// disposed.
/// </summary>
/// <remarks>
/// Programs on other CPUs may modify the memory at the same time. Aligned loads and stores of up to 8 bytes are not torn; use
/// <see cref="Interlocked"/> and <see cref="Volatile"/> where it matters. The compiler binds references and spans to the view: they cannot
/// be returned or stored past it.
/// </remarks>
public readonly ref struct BpfArenaView : IDisposable
{
    private readonly BpfMemoryView _memory;

    internal BpfArenaView(BpfMemoryView memory)
    {
        _memory = memory;
        Address = memory.Address;
    }

    /// <summary>
    /// Gets the address of the arena, for programs and for this process. Pointers in the arena are this address plus an offset.
    /// </summary>
    internal ulong Address { get; }

    /// <summary>Gets the size in bytes.</summary>
    public long Length => _memory.Length;

    /// <summary>Gets a range of bytes.</summary>
    /// <param name="offset">The offset of the first byte in the arena.</param>
    /// <param name="length">The number of bytes.</param>
    /// <exception cref="ArgumentOutOfRangeException">The range is not inside the arena.</exception>
    /// <exception cref="ObjectDisposedException">The view is disposed.</exception>
    [UnscopedRef]
    public Span<byte> Slice(long offset, int length) => _memory.Slice(offset, length);

    /// <summary>Gets a reference to a value in the arena.</summary>
    /// <typeparam name="T">The type of the value.</typeparam>
    /// <param name="offset">The offset of the value in bytes; <see cref="OffsetOf"/> converts a pointer.</param>
    /// <exception cref="ArgumentOutOfRangeException">The value is not inside the arena.</exception>
    /// <exception cref="ObjectDisposedException">The view is disposed.</exception>
    [UnscopedRef]
    public ref T At<T>(long offset)
        where T : unmanaged => ref MemoryMarshal.AsRef<T>(_memory.Slice(offset, Unsafe.SizeOf<T>()));

    /// <summary>Gets consecutive values in the arena, in place.</summary>
    /// <typeparam name="T">The type of the values.</typeparam>
    /// <param name="offset">The offset of the first value in bytes; <see cref="OffsetOf"/> converts a pointer.</param>
    /// <param name="count">The number of values.</param>
    /// <exception cref="ArgumentOutOfRangeException">The range is not inside the arena.</exception>
    /// <exception cref="ObjectDisposedException">The view is disposed.</exception>
    [UnscopedRef]
    public Span<T> Values<T>(long offset, int count)
        where T : unmanaged => MemoryMarshal.Cast<byte, T>(_memory.Slice(offset, checked(count * Unsafe.SizeOf<T>())));

    /// <summary>Converts a pointer that a program stored in the arena to an offset.</summary>
    /// <param name="pointer">The pointer, 8 bytes, not null.</param>
    /// <returns>The offset in the arena in bytes.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The pointer is not inside the arena.</exception>
    public long OffsetOf(ulong pointer)
    {
        ulong offset = pointer - Address;
        return offset < (ulong)Length
            ? (long)offset
            : throw new ArgumentOutOfRangeException(
                nameof(pointer),
                $"0x{pointer:x}",
                $"The pointer is not inside the arena, which is at 0x{Address:x} to 0x{Address + (ulong)Length - 1:x}."
            );
    }

    /// <summary>Converts an offset to a pointer that programs can dereference.</summary>
    /// <param name="offset">The offset in the arena in bytes.</param>
    /// <returns>The pointer.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The offset is not inside the arena.</exception>
    public ulong PointerTo(long offset)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(offset, Length);
        return Address + (ulong)offset;
    }

    /// <summary>Releases the mapping. Safe to call more than once.</summary>
    public void Dispose() => _memory.Dispose();
}
