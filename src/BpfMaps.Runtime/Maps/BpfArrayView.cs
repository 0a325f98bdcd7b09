using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace BpfMaps;

/// <summary>The memory of an array as its elements, readable and writable in place. Dispose it: until then the memory stays mapped, even past the map's own disposal.</summary>
/// <typeparam name="TValue">The type of the values.</typeparam>
/// <remarks>
/// Programs on other CPUs change the memory at the same time. Aligned loads and stores of up to 8 bytes are not torn; use
/// <see cref="Interlocked"/> and <see cref="Volatile"/> on the fields where it matters. The compiler binds references and spans to the view: they
/// cannot be returned or stored past it. Writing an element writes its padding too.
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

    /// <summary>The number of elements.</summary>
    public int Length { get; }

    /// <summary>All elements in a row. Only for values whose size is a multiple of 8: the kernel places elements at multiples of 8 bytes.</summary>
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

    /// <summary>An element, in place.</summary>
    /// <param name="index">0 to <see cref="Length"/> - 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">The array has no such element.</exception>
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

    /// <summary>Gives the memory back. Once is enough, more often does no harm.</summary>
    public void Dispose() => _memory.Dispose();
}

/// <summary>The memory of an array as its elements, readable in place. Dispose it: until then the memory stays mapped, even past the map's own disposal.</summary>
/// <typeparam name="TValue">The type of the values.</typeparam>
/// <inheritdoc cref="BpfArrayView{TValue}" path="/remarks"/>
public readonly ref struct BpfReadOnlyArrayView<TValue> : IDisposable
    where TValue : unmanaged
{
    private readonly BpfReadOnlyMemoryView _memory;
    private readonly ref byte _first;

    internal BpfReadOnlyArrayView(BpfReadOnlyMemoryView memory, int length)
    {
        _memory = memory;
        _first = ref memory.First;
        Length = length;
    }

    /// <summary>The number of elements.</summary>
    public int Length { get; }

    /// <inheritdoc cref="BpfArrayView{TValue}.Span"/>
    [UnscopedRef]
    public ReadOnlySpan<TValue> Span
    {
        get
        {
            ArrayElements.ThrowIfNotDense<TValue>();
            return MemoryMarshal.Cast<byte, TValue>(_memory.Span);
        }
    }

    /// <inheritdoc cref="BpfArrayView{TValue}.this[int]"/>
    [UnscopedRef]
    public ref readonly TValue this[int index]
    {
        get
        {
            ArrayElements.ThrowIfOutOfRange(index, Length);
            _memory.ThrowIfDisposed();
            return ref ArrayElements.At<TValue>(ref _first, index);
        }
    }

    /// <inheritdoc cref="BpfArrayView{TValue}.Dispose"/>
    public void Dispose() => _memory.Dispose();
}

/// <summary>Where the elements of a mapped array stand.</summary>
internal static class ArrayElements
{
    /// <summary>The element at an index that was checked.</summary>
    public static ref TValue At<TValue>(ref byte first, int index)
        where TValue : unmanaged
        => ref Unsafe.As<byte, TValue>(ref Unsafe.AddByteOffset(ref first, (nint)index * BpfMapTypeFacts.Stride(Unsafe.SizeOf<TValue>())));

    public static void ThrowIfOutOfRange(int index, int length)
    {
        if ((uint)index >= (uint)length)
            Throw(index, length);

        [DoesNotReturn]
        static void Throw(int index, int length)
            => throw new ArgumentOutOfRangeException(nameof(index), index, $"The array has {length} elements, at 0 to {length - 1}; the index is {index}.");
    }

    public static void ThrowIfNotDense<TValue>()
        where TValue : unmanaged
    {
        int size = Unsafe.SizeOf<TValue>();
        int stride = BpfMapTypeFacts.Stride(size);
        if (size != stride)
            throw new NotSupportedException($"{typeof(TValue).Name} has {size} bytes and the elements stand {stride} bytes apart, so they are no span. Use the indexer, or make the value a multiple of 8 bytes.");
    }
}
