using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace BpfMaps;

/// <summary>
/// The values of one element on all possible CPUs, in the buffer that the kernel filled. Values are copied only on request.
/// </summary>
/// <typeparam name="TValue">The type of the values.</typeparam>
/// <remarks>
/// Slot n belongs to the n-th <b>possible</b> CPU (/sys/devices/system/cpu/possible). If that list has gaps, slots and CPU numbers differ.
/// A view from an enumeration is valid until the enumeration advances.
/// </remarks>
public readonly ref struct BpfPerCpuView<TValue>
    where TValue : unmanaged
{
    private readonly ReadOnlySpan<byte> _slots;

    internal BpfPerCpuView(ReadOnlySpan<byte> slots)
    {
        if (slots.Length % Stride != 0)
            throw new ArgumentException(
                $"{slots.Length} bytes are not a multiple of the per-CPU slot size, {Stride} bytes.",
                nameof(slots)
            );
        _slots = slots;
    }

    /// <summary>Gets the number of possible CPUs.</summary>
    public int Count => _slots.Length / Stride;

    /// <summary>The distance between two slots in bytes: the size of the value, rounded up to a multiple of 8.</summary>
    internal static int Stride => (Unsafe.SizeOf<TValue>() + 7) & ~7;

    /// <summary>Gets a reference to the value of one CPU.</summary>
    /// <param name="slot">The slot, 0 to <see cref="Count"/> - 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such slot.</exception>
    public ref readonly TValue this[int slot]
    {
        get
        {
            if ((uint)slot >= (uint)Count)
                throw new ArgumentOutOfRangeException(nameof(slot), slot, $"The {Count} possible CPUs have the slots 0 to {Count - 1}.");
            return ref MemoryMarshal.AsRef<TValue>(_slots.Slice(slot * Stride, Unsafe.SizeOf<TValue>()));
        }
    }

    /// <summary>Copies the values in the order of the slots.</summary>
    /// <param name="destination">Receives the values; at least <see cref="Count"/> elements.</param>
    /// <exception cref="ArgumentException"><paramref name="destination"/> is too short.</exception>
    public void CopyTo(Span<TValue> destination)
    {
        if (destination.Length < Count)
            throw new ArgumentException(
                $"The destination has space for {destination.Length} values, but there are {Count} possible CPUs.",
                nameof(destination)
            );
        if (Stride == Unsafe.SizeOf<TValue>())
        {
            _slots.CopyTo(MemoryMarshal.AsBytes(destination));
            return;
        }
        for (int slot = 0; slot < Count; slot++)
            destination[slot] = this[slot];
    }

    /// <summary>Copies the values into a new array, in the order of the slots.</summary>
    /// <returns><see cref="Count"/> values.</returns>
    public TValue[] ToArray()
    {
        TValue[] values = new TValue[Count];
        CopyTo(values);
        return values;
    }

    /// <summary>Returns an enumerator over the slots, in order.</summary>
    /// <returns>The enumerator.</returns>
    public Enumerator GetEnumerator() => new(this);

    /// <summary>Enumerates the values of one element by CPU.</summary>
    public ref struct Enumerator
    {
        private readonly BpfPerCpuView<TValue> _view;
        private int _slot;

        internal Enumerator(BpfPerCpuView<TValue> view)
        {
            _view = view;
            _slot = -1;
        }

        /// <summary>Gets a reference to the value of the current slot.</summary>
        public readonly ref readonly TValue Current => ref _view[_slot];

        /// <summary>Advances to the next slot.</summary>
        /// <returns><see langword="false"/> after the last one.</returns>
        public bool MoveNext() => ++_slot < _view.Count;
    }
}
