using System.Collections;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using BpfMaps.Metadata;

namespace BpfMaps;

/// <summary>An array (BPF_MAP_TYPE_ARRAY, Linux 3.19). Its elements are there from the beginning, as zeroes, and cannot be removed.</summary>
/// <typeparam name="TValue">The type of the values.</typeparam>
/// <remarks>
/// Every single operation is one system call and allocates nothing. An array that is declared with <see cref="BpfMapFlags.Mmapable"/> is a
/// <see cref="BpfMappedArrayMap{TValue}"/>, which can do without calls.
/// </remarks>
[SkipLocalsInit]
public abstract class BpfArrayMap<TValue> : BpfIndexedMap<TValue>, IEnumerable<TValue>
    where TValue : unmanaged
{
    private protected override ReadOnlySpan<BpfMapType> Kinds => [BpfMapType.Array];

    private const int ElementsPerBatch = 4096;

    /// <summary>Makes a typed map of an open one that fits the schema.</summary>
    /// <param name="raw">The map; this object owns it from now on.</param>
    /// <param name="schema">What it was declared to be.</param>
    /// <exception cref="ArgumentException">The sizes of the types are not those of the map.</exception>
    protected BpfArrayMap(RawMap raw, BpfMapSchema schema)
        : base(raw, schema)
    {
    }

    /// <summary>An element.</summary>
    /// <param name="index">0 to <see cref="BpfIndexedMap.Length"/> - 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">The array has no such element.</exception>
    /// <exception cref="BpfException">The kernel refused.</exception>
    public TValue this[int index]
    {
        get => Get(index, BpfLookupFlags.None);
        set => Set(index, in value, BpfUpdateFlags.Any);
    }

    /// <summary>Copies an element out of the array (BPF_MAP_LOOKUP_ELEM, Linux 3.18).</summary>
    /// <param name="index">0 to <see cref="BpfIndexedMap.Length"/> - 1.</param>
    /// <param name="flags">How to read: with <see cref="BpfLookupFlags.Lock"/> under the value's <see cref="BpfSpinLock"/>, so that no half-written value is seen.</param>
    /// <returns>The value.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The array has no such element.</exception>
    /// <exception cref="BpfException">The kernel refused; EINVAL for a lock that the map's BTF does not describe.</exception>
    public TValue Get(int index, BpfLookupFlags flags)
    {
        TValue value = default;
        Raw.TryLookup(KeyOf(in index), MemoryMarshal.AsBytes(new Span<TValue>(ref value)), flags);
        return value;
    }

    /// <summary>Writes an element (BPF_MAP_UPDATE_ELEM, Linux 3.18).</summary>
    /// <param name="index">0 to <see cref="BpfIndexedMap.Length"/> - 1.</param>
    /// <param name="value">The value.</param>
    /// <param name="flags"><see cref="BpfUpdateFlags.Lock"/> writes under the value's <see cref="BpfSpinLock"/>. Elements always exist, so <see cref="BpfUpdateFlags.NoExist"/> is refused.</param>
    /// <exception cref="ArgumentOutOfRangeException">The array has no such element.</exception>
    /// <exception cref="ArgumentException"><paramref name="flags"/> asks for an element that is not there yet.</exception>
    /// <exception cref="BpfException">The kernel refused; EINVAL for a lock that the map's BTF does not describe.</exception>
    public void Set(int index, in TValue value, BpfUpdateFlags flags = BpfUpdateFlags.Any)
    {
        ReadOnlySpan<byte> key = KeyOf(in index);
        BpfUpdateResult result = ValueFormat.HasPadding ? UpdateClean(key, in value, flags) : Raw.Update(key, MemoryMarshal.AsBytes(new ReadOnlySpan<TValue>(in value)), flags);
        if (result != BpfUpdateResult.Ok)
            throw new ArgumentException($"The elements of an array always exist, so they cannot be written with {flags}.", nameof(flags));
    }

    /// <summary>Copies the whole array (BPF_MAP_LOOKUP_BATCH, Linux 5.6; element by element before).</summary>
    /// <param name="destination">At least <see cref="BpfIndexedMap.Length"/> elements.</param>
    /// <exception cref="ArgumentException">It is shorter; nothing was read.</exception>
    /// <exception cref="BpfException">The kernel refused.</exception>
    public void CopyTo(Span<TValue> destination)
    {
        if (destination.Length < Length)
            throw new ArgumentException($"Map {Raw} has {Length} elements; the span has room for {destination.Length}.", nameof(destination));
        Span<byte> rest = MemoryMarshal.AsBytes(destination);
        using BpfBatchCursor cursor = TypedCursor.Over(Raw, BpfBatchMode.Lookup);
        while (cursor.MoveNext())
        {
            cursor.Values.CopyTo(rest);
            rest = rest[cursor.Values.Length..];
        }
    }

    /// <summary>Copies the whole array into a new one (BPF_MAP_LOOKUP_BATCH, Linux 5.6; element by element before).</summary>
    /// <returns><see cref="BpfIndexedMap.Length"/> elements.</returns>
    /// <exception cref="BpfException">The kernel refused.</exception>
    public TValue[] ToArray()
    {
        TValue[] values = new TValue[Length];
        CopyTo(values);
        return values;
    }

    /// <summary>Writes elements in a row (BPF_MAP_UPDATE_BATCH, Linux 5.6; element by element before).</summary>
    /// <param name="index">Where the first one goes.</param>
    /// <param name="values">The values.</param>
    /// <exception cref="ArgumentOutOfRangeException">They reach past the end of the array; nothing was written.</exception>
    /// <exception cref="BpfException">The kernel refused.</exception>
    public void SetRange(int index, ReadOnlySpan<TValue> values)
    {
        if ((uint)index > (uint)Length)
            ThrowOutOfRange(index);
        if (values.Length > Length - index)
            throw new ArgumentOutOfRangeException(nameof(values), values.Length, $"Map {Raw} has {Length} elements: from index {index} on, {Length - index} can be written, not {values.Length}.");

        int chunk = Math.Min(values.Length, ElementsPerBatch);
        if (ValueFormat.HasPadding)
            chunk = Math.Min(chunk, BatchWriter.ElementsPerCopy(Unsafe.SizeOf<TValue>()));
        using ScratchBuffer keys = new(default, chunk * sizeof(int));
        using ScratchBuffer copy = new(default, ValueFormat.HasPadding ? chunk * Unsafe.SizeOf<TValue>() : 0);
        for (; !values.IsEmpty; index += chunk, values = values[chunk..])
        {
            chunk = Math.Min(chunk, values.Length);
            Span<int> indices = MemoryMarshal.Cast<byte, int>(keys.Bytes)[..chunk];
            for (int offset = 0; offset < chunk; offset++)
                indices[offset] = index + offset;

            ReadOnlySpan<byte> bytes = MemoryMarshal.AsBytes(values[..chunk]);
            if (ValueFormat.HasPadding)
            {
                ValueFormat.CopyClean(bytes, copy.Bytes);
                bytes = copy.Bytes[..bytes.Length];
            }
            BatchWriter.Update(Raw, MemoryMarshal.AsBytes(indices), bytes, out _);
        }
    }

    /// <summary>Walks over the values in the order of their indices, in batches (BPF_MAP_LOOKUP_BATCH, Linux 5.6; element by element before).</summary>
    /// <returns>The enumerator.</returns>
    public BpfValueEnumerator<TValue> GetEnumerator() => new(Raw);

    IEnumerator<TValue> IEnumerable<TValue>.GetEnumerator() => GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private BpfUpdateResult UpdateClean(ReadOnlySpan<byte> key, in TValue value, BpfUpdateFlags flags)
    {
        using CleanBytes<TValue> bytes = new(in value, ValueFormat, stackalloc byte[ValueFormat.ScratchSize]);
        return Raw.Update(key, bytes.Bytes, flags);
    }
}
