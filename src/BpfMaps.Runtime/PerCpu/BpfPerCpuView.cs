using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace BpfMaps;

/// <summary>The values that the CPUs hold of one element, in place in the buffer that the kernel filled: nothing is copied until asked for.</summary>
/// <typeparam name="TValue">The type of the values.</typeparam>
/// <remarks>
/// Slot n belongs to the n-th <b>possible</b> CPU (/sys/devices/system/cpu/possible). Where that list has holes, slot and CPU number part ways.
/// A view handed out by an enumeration is good until the enumeration moves on.
/// </remarks>
public readonly ref struct BpfPerCpuView<TValue>
    where TValue : unmanaged
{
    private readonly ReadOnlySpan<byte> _slots;

    internal BpfPerCpuView(ReadOnlySpan<byte> slots)
    {
        if (slots.Length % Stride != 0)
            throw new ArgumentException($"{slots.Length} bytes are no whole number of per-CPU slots of {Stride} bytes.", nameof(slots));
        _slots = slots;
    }

    /// <summary>The number of possible CPUs.</summary>
    public int Count => _slots.Length / Stride;

    /// <summary>The distance between two slots: the size of the value, rounded up to 8 bytes.</summary>
    internal static int Stride => (Unsafe.SizeOf<TValue>() + 7) & ~7;

    /// <summary>The value of one CPU, in place.</summary>
    /// <param name="slot">0 to <see cref="Count"/> - 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such slot.</exception>
    public ref readonly TValue this[int slot]
    {
        get
        {
            if ((uint)slot >= (uint)Count)
                throw new ArgumentOutOfRangeException(nameof(slot), slot, $"There are {Count} possible CPUs, in slots 0 to {Count - 1}.");
            return ref MemoryMarshal.AsRef<TValue>(_slots.Slice(slot * Stride, Unsafe.SizeOf<TValue>()));
        }
    }

    /// <summary>Copies the values in the order of the slots.</summary>
    /// <param name="destination">At least <see cref="Count"/> elements.</param>
    /// <exception cref="ArgumentException">It is shorter.</exception>
    public void CopyTo(Span<TValue> destination)
    {
        if (destination.Length < Count)
            throw new ArgumentException($"The destination holds {destination.Length} values, and there are {Count} possible CPUs.", nameof(destination));
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

    /// <summary>Goes through the slots in order.</summary>
    /// <returns>The enumerator.</returns>
    public Enumerator GetEnumerator() => new(this);

    /// <summary>Goes through the values of one element, CPU by CPU.</summary>
    public ref struct Enumerator
    {
        private readonly BpfPerCpuView<TValue> _view;
        private int _slot;

        internal Enumerator(BpfPerCpuView<TValue> view)
        {
            _view = view;
            _slot = -1;
        }

        /// <summary>The value of the current slot, in place.</summary>
        public readonly ref readonly TValue Current => ref _view[_slot];

        /// <summary>Goes to the next slot.</summary>
        /// <returns><see langword="false"/> after the last one.</returns>
        public bool MoveNext() => ++_slot < _view.Count;
    }
}
