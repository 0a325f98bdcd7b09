using System.Collections;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using BpfMaps.Metadata;

namespace BpfMaps;

/// <summary>An array with one value per possible CPU (BPF_MAP_TYPE_PERCPU_ARRAY, Linux 4.6), for counters without contention.</summary>
/// <typeparam name="TValue">The type of the value of one CPU, at most 32 KiB.</typeparam>
[SkipLocalsInit]
public abstract class BpfPerCpuArrayMap<TValue> : BpfIndexedMap<TValue>, IEnumerable<TValue>
    where TValue : unmanaged
{
    private protected sealed override ReadOnlySpan<BpfMapType> Kinds => [BpfMapType.PerCpuArray];

    private readonly PerCpuFormat<TValue> _slots;

    /// <summary>Initializes a typed map from an open map that matches the schema.</summary>
    /// <param name="raw">The map; this object owns it from now on.</param>
    /// <param name="schema">The declaration of the map.</param>
    /// <exception cref="ArgumentException">The sizes of the types differ from those of the map.</exception>
    protected BpfPerCpuArrayMap(RawMap raw, BpfMapSchema schema)
        : base(raw, schema) => _slots = new(raw, ValueFormat, Accumulate);

    /// <summary>
    /// Gets the number of possible CPUs, which is the number of values per element. It may exceed the number of online CPUs.
    /// </summary>
    public int CpuCount => _slots.CpuCount;

    /// <summary>Copies the values of an element, one per possible CPU (BPF_MAP_LOOKUP_ELEM).</summary>
    /// <param name="index">0 to <see cref="BpfIndexedMap.Length"/> - 1.</param>
    /// <param name="values">Receives <see cref="CpuCount"/> values.</param>
    /// <exception cref="ArgumentOutOfRangeException">The index is not inside the array.</exception>
    /// <exception cref="ArgumentException"><paramref name="values"/> is too short; nothing was read.</exception>
    /// <exception cref="BpfException">The kernel returned an error.</exception>
    public void GetValues(int index, Span<TValue> values)
    {
        ReadOnlySpan<byte> key = KeyOf(in index);
        _slots.ThrowIfTooShort(values.Length, nameof(values));
        if (_slots.IsDense)
        {
            Raw.TryLookupPerCpu(key, MemoryMarshal.AsBytes(values[..CpuCount]));
            return;
        }

        using ScratchBuffer buffer = new(stackalloc byte[_slots.OnStack], _slots.Size);
        Raw.TryLookupPerCpu(key, buffer.Bytes);
        new BpfPerCpuView<TValue>(buffer.Bytes).CopyTo(values);
    }

    /// <summary>Reads the values of an element and makes one of them (BPF_MAP_LOOKUP_ELEM).</summary>
    /// <param name="index">0 to <see cref="BpfIndexedMap.Length"/> - 1.</param>
    /// <returns>The total over all possible CPUs, field by field as declared.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The index is not inside the array.</exception>
    /// <exception cref="BpfException">The kernel returned an error.</exception>
    public TValue Aggregate(int index)
    {
        using ScratchBuffer buffer = new(stackalloc byte[_slots.OnStack], _slots.Size);
        Raw.TryLookupPerCpu(KeyOf(in index), buffer.Bytes);
        return _slots.Total(buffer.Bytes);
    }

    /// <summary>
    /// Reads the whole array in batches and makes one value of each element's (BPF_MAP_LOOKUP_BATCH, Linux 5.13; element by element
    /// before).
    /// </summary>
    /// <param name="totals">At least <see cref="BpfIndexedMap.Length"/> elements; receives the totals.</param>
    /// <exception cref="ArgumentException"><paramref name="totals"/> is too short; nothing was read.</exception>
    /// <exception cref="BpfException">The kernel returned an error.</exception>
    public void Aggregate(Span<TValue> totals)
    {
        if (totals.Length < Length)
            throw new ArgumentException($"Map {Raw} has {Length} elements; the span has room for {totals.Length}.", nameof(totals));
        int index = 0;
        foreach (TValue total in this)
            totals[index++] = total;
    }

    /// <summary>Writes the values of an element (BPF_MAP_UPDATE_ELEM).</summary>
    /// <param name="index">0 to <see cref="BpfIndexedMap.Length"/> - 1.</param>
    /// <param name="values">One value for each possible CPU.</param>
    /// <exception cref="ArgumentOutOfRangeException">The index is not inside the array.</exception>
    /// <exception cref="ArgumentException">The number of values is wrong; nothing was written.</exception>
    /// <exception cref="BpfException">The kernel returned an error.</exception>
    public void Set(int index, ReadOnlySpan<TValue> values)
    {
        ReadOnlySpan<byte> key = KeyOf(in index);
        _slots.ThrowIfNotOnePerCpu(values.Length, nameof(values));
        if (_slots.IsDense)
        {
            Raw.UpdatePerCpu(key, MemoryMarshal.AsBytes(values));
            return;
        }

        using ScratchBuffer buffer = new(stackalloc byte[_slots.OnStack], _slots.Size);
        _slots.Write(values, buffer.Bytes);
        Raw.UpdatePerCpu(key, buffer.Bytes);
    }

    /// <summary>
    /// Gives an element the same value on all possible CPUs (BPF_MAP_UPDATE_ELEM); <see langword="default"/> resets a counter.
    /// </summary>
    /// <param name="index">0 to <see cref="BpfIndexedMap.Length"/> - 1.</param>
    /// <param name="value">The value.</param>
    /// <exception cref="ArgumentOutOfRangeException">The index is not inside the array.</exception>
    /// <exception cref="BpfException">The kernel returned an error.</exception>
    public void SetAll(int index, in TValue value)
    {
        ReadOnlySpan<byte> key = KeyOf(in index);
        using ScratchBuffer buffer = new(stackalloc byte[_slots.OnStack], _slots.Size);
        _slots.WriteAll(in value, buffer.Bytes);
        Raw.UpdatePerCpu(key, buffer.Bytes);
    }

    /// <summary>
    /// Enumerates the indices and the values of all CPUs in place (BPF_MAP_LOOKUP_BATCH, Linux 5.13; element by element before).
    /// </summary>
    /// <returns>A sequence to enumerate.</returns>
    public BpfPerCpuElements<int, TValue> PerCpu() => new(Raw);

    /// <summary>
    /// Enumerates the totals in the order of their indices in batches (BPF_MAP_LOOKUP_BATCH, Linux 5.13; element by element before).
    /// </summary>
    /// <remarks>As for an array of C#, <c>Index()</c> of LINQ adds the indices.</remarks>
    /// <returns>The enumerator.</returns>
    public BpfValueEnumerator<TValue> GetEnumerator() => new(Raw, _slots);

    IEnumerator<TValue> IEnumerable<TValue>.GetEnumerator() => GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <inheritdoc/>
    internal sealed override void Total(ReadOnlySpan<byte> element, Span<byte> value)
    {
        TValue total = _slots.Total(element);
        MemoryMarshal.Write(value, in total);
    }

    /// <summary>Adds the value of one CPU to the total. Generated code does so field by field.</summary>
    /// <param name="total">The total; initially the value of the first possible CPU.</param>
    /// <param name="value">The value of another CPU.</param>
    protected abstract void Accumulate(ref TValue total, in TValue value);
}
