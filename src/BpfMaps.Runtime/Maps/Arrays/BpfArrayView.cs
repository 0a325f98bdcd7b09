using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;

namespace BpfMaps;

/// <summary>
/// The elements of an array, readable and writable in place. The memory stays mapped until the view is disposed, even after the map is
/// disposed.
/// </summary>
/// <typeparam name="TValue">The type of the values.</typeparam>
/// <remarks>
/// Programs on other CPUs may modify the memory at the same time. Aligned loads and stores of up to 8 bytes are not torn; use
/// <see cref="Interlocked"/> and <see cref="Volatile"/> on the fields where it matters. The compiler binds references and spans to the
/// view: they cannot be returned or stored past it. Writing an element also writes its padding.
/// </remarks>
public readonly ref struct BpfArrayView<TValue> : IDisposable
    where TValue : unmanaged
{
    private readonly BpfMemoryView _memory;
    private readonly ref byte _first;

    internal BpfArrayView(BpfMemoryView memory, int length)
    {
        _memory = memory;
        _first = ref memory.First;
        Length = length;
    }

    /// <summary>Gets the number of elements.</summary>
    public int Length { get; }

    /// <summary>Gets all elements. Requires values whose size is a multiple of 8, because the kernel aligns elements to 8 bytes.</summary>
    /// <exception cref="NotSupportedException">The size of <typeparamref name="TValue"/> is not a multiple of 8.</exception>
    /// <exception cref="ObjectDisposedException">The view is disposed.</exception>
    /// <exception cref="OverflowException">The array has 2 GiB or more.</exception>
    [UnscopedRef]
    public Span<TValue> Span
    {
        get
        {
            ArrayElements.ThrowIfNotDense<TValue>();
            return MemoryMarshal.Cast<byte, TValue>(_memory.Span);
        }
    }

    /// <summary>Gets a reference to an element.</summary>
    /// <param name="index">0 to <see cref="Length"/> - 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">The index is not inside the array.</exception>
    /// <exception cref="ObjectDisposedException">The view is disposed.</exception>
    [UnscopedRef]
    public ref TValue this[int index]
    {
        get
        {
            ArrayElements.ThrowIfOutOfRange(index, Length);
            _memory.ThrowIfDisposed();
            return ref ArrayElements.At<TValue>(ref _first, index);
        }
    }

    /// <summary>Releases the mapping. Safe to call more than once.</summary>
    public void Dispose() => _memory.Dispose();
}
