using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;

namespace BpfMaps;

/// <summary>
/// The elements of an array, readable in place. The memory stays mapped until the view is disposed, even after the map is disposed.
/// </summary>
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

    /// <summary>Gets the number of elements.</summary>
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
