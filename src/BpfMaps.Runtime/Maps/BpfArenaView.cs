using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace BpfMaps;

/// <summary>The memory of an arena, readable and writable in place. Dispose it: until then the memory stays mapped, even past the map's own disposal.</summary>
/// <remarks>
/// Programs on other CPUs change the memory at the same time. Aligned loads and stores of up to 8 bytes are not torn; use <see cref="Interlocked"/> and
/// <see cref="Volatile"/> where it matters. The compiler binds references and spans to the view: they cannot be returned or stored past it.
/// </remarks>
public readonly ref struct BpfArenaView : IDisposable
{
    private readonly BpfMemoryView _memory;

    internal BpfArenaView(BpfMemoryView memory)
    {
        _memory = memory;
        Address = memory.Address;
    }

    /// <summary>Where the arena begins, for programs and for this process alike: pointers in it are this and an offset.</summary>
    public ulong Address { get; }

    /// <summary>The size in bytes.</summary>
    public long Length => _memory.Length;

    /// <summary>Some of the bytes.</summary>
    /// <param name="offset">Where they begin, in bytes from the beginning of the arena.</param>
    /// <param name="length">How many they are.</param>
    /// <exception cref="ArgumentOutOfRangeException">They are not all in the arena.</exception>
    /// <exception cref="ObjectDisposedException">The view is disposed.</exception>
    [UnscopedRef]
    public Span<byte> Slice(long offset, int length) => _memory.Slice(offset, length);

    /// <summary>A value in the arena, in place.</summary>
    /// <typeparam name="T">The type of the value.</typeparam>
    /// <param name="offset">Where it begins, in bytes from the beginning of the arena; from a pointer by <see cref="OffsetOf"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">It is not wholly in the arena.</exception>
    /// <exception cref="ObjectDisposedException">The view is disposed.</exception>
    [UnscopedRef]
    public ref T At<T>(long offset)
        where T : unmanaged => ref MemoryMarshal.AsRef<T>(_memory.Slice(offset, Unsafe.SizeOf<T>()));

    /// <summary>Several values in the arena that stand one after the other, in place.</summary>
    /// <typeparam name="T">The type of the values.</typeparam>
    /// <param name="offset">Where the first begins, in bytes from the beginning of the arena; from a pointer by <see cref="OffsetOf"/>.</param>
    /// <param name="count">How many they are.</param>
    /// <exception cref="ArgumentOutOfRangeException">They are not all in the arena.</exception>
    /// <exception cref="ObjectDisposedException">The view is disposed.</exception>
    [UnscopedRef]
    public Span<T> Values<T>(long offset, int count)
        where T : unmanaged => MemoryMarshal.Cast<byte, T>(_memory.Slice(offset, checked(count * Unsafe.SizeOf<T>())));

    /// <summary>Where a pointer points that a program left in the arena.</summary>
    /// <param name="pointer">The pointer, 8 bytes, as C has it in a struct; null is none.</param>
    /// <returns>The offset from the beginning of the arena.</returns>
    /// <exception cref="ArgumentOutOfRangeException">It does not point into the arena.</exception>
    public long OffsetOf(ulong pointer)
    {
        ulong offset = pointer - Address;
        return offset < (ulong)Length
            ? (long)offset
            : throw new ArgumentOutOfRangeException(nameof(pointer), $"0x{pointer:x}", $"The pointer is not into the arena, which is at 0x{Address:x} to 0x{Address + (ulong)Length - 1:x}.");
    }

    /// <summary>A pointer to an offset, to leave in the arena for programs to follow.</summary>
    /// <param name="offset">The offset from the beginning of the arena.</param>
    /// <returns>The pointer.</returns>
    /// <exception cref="ArgumentOutOfRangeException">It is not in the arena.</exception>
    public ulong PointerTo(long offset)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(offset, Length);
        return Address + (ulong)offset;
    }

    /// <summary>Gives the memory back. Once is enough, more often does no harm.</summary>
    public void Dispose() => _memory.Dispose();
}
