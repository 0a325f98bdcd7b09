using System.Collections;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using BpfMaps.Metadata;

namespace BpfMaps;

/// <summary>
/// An array (BPF_MAP_TYPE_ARRAY, Linux 3.19). All elements exist from the beginning, initialized to zero, and cannot be removed.
/// </summary>
/// <typeparam name="TValue">The type of the values.</typeparam>
/// <remarks>
/// Operations on single elements are one system call and allocate nothing. An array that is declared with
/// <see cref="BpfMapFlags.Mmapable"/> is a <see cref="BpfMappedArrayMap{TValue}"/>, which can be accessed without system calls.
/// </remarks>
[SkipLocalsInit]
public abstract class BpfArrayMap<TValue> : BpfIndexedMap<TValue>, IEnumerable<TValue>
    where TValue : unmanaged
{
    private protected override ReadOnlySpan<BpfMapType> Kinds => [BpfMapType.Array];

    private const int ElementsPerBatch = 4096;

    /// <summary>Initializes a typed map from an open map that matches the schema.</summary>
    /// <param name="raw">The map; this object owns it from now on.</param>
    /// <param name="schema">The declaration of the map.</param>
    /// <exception cref="ArgumentException">The sizes of the types differ from those of the map.</exception>
    protected BpfArrayMap(RawMap raw, BpfMapSchema schema)
        : base(raw, schema) { }

    /// <summary>Gets or sets an element.</summary>
    /// <param name="index">0 to <see cref="BpfIndexedMap.Length"/> - 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">The index is not inside the array.</exception>
    /// <exception cref="BpfException">The kernel returned an error.</exception>
    public TValue this[int index]
    {
        get => Get(index, BpfLookupFlags.None);
        set => Set(index, in value, BpfUpdateFlags.Any);
    }

    /// <summary>Gets an element (BPF_MAP_LOOKUP_ELEM, Linux 3.18).</summary>
    /// <param name="index">0 to <see cref="BpfIndexedMap.Length"/> - 1.</param>
    /// <param name="flags">
    /// The flags of the lookup: <see cref="BpfLookupFlags.Lock"/> reads under the value's <see cref="BpfSpinLock"/>, so that no partially
    /// written value is read.
    /// </param>
    /// <returns>The value.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The index is not inside the array.</exception>
    /// <exception cref="BpfException">The kernel returned an error; EINVAL for a lock that is not in the BTF of the map.</exception>
    public TValue Get(int index, BpfLookupFlags flags)
    {
        TValue value = default;
        Raw.TryLookup(KeyOf(in index), MemoryMarshal.AsBytes(new Span<TValue>(ref value)), flags);
        return value;
    }

    /// <summary>Writes an element (BPF_MAP_UPDATE_ELEM, Linux 3.18).</summary>
    /// <param name="index">0 to <see cref="BpfIndexedMap.Length"/> - 1.</param>
    /// <param name="value">The value.</param>
    /// <param name="flags">
    /// <see cref="BpfUpdateFlags.Lock"/> writes under the value's <see cref="BpfSpinLock"/>. All elements exist, so
    /// <see cref="BpfUpdateFlags.NoExist"/> is not allowed.
    /// </param>
    /// <exception cref="ArgumentOutOfRangeException">The index is not inside the array.</exception>
    /// <exception cref="ArgumentException"><paramref name="flags"/> contains <see cref="BpfUpdateFlags.NoExist"/>.</exception>
    /// <exception cref="BpfException">The kernel returned an error; EINVAL for a lock that is not in the BTF of the map.</exception>
    public void Set(int index, in TValue value, BpfUpdateFlags flags = BpfUpdateFlags.Any)
    {
        ReadOnlySpan<byte> key = KeyOf(in index);
        if (Raw.Write(key, in value, ValueFormat, flags) != BpfUpdateResult.Ok)
            throw new ArgumentException($"All elements of an array exist, so {flags} is not allowed.", nameof(flags));
    }

    /// <summary>Copies the whole array (BPF_MAP_LOOKUP_BATCH, Linux 5.6; element by element before).</summary>
    /// <param name="destination">At least <see cref="BpfIndexedMap.Length"/> elements.</param>
    /// <exception cref="ArgumentException"><paramref name="destination"/> is too short; nothing was read.</exception>
    /// <exception cref="BpfException">The kernel returned an error.</exception>
    public void CopyTo(Span<TValue> destination)
    {
        if (destination.Length < Length)
            throw new ArgumentException($"Map {Raw} has {Length} elements; the span has {destination.Length}.", nameof(destination));
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
    /// <exception cref="BpfException">The kernel returned an error.</exception>
    public TValue[] ToArray()
    {
        TValue[] values = new TValue[Length];
        CopyTo(values);
        return values;
    }

    /// <summary>Writes consecutive elements (BPF_MAP_UPDATE_BATCH, Linux 5.6; element by element before).</summary>
    /// <param name="index">The index of the first element.</param>
    /// <param name="values">The values.</param>
    /// <exception cref="ArgumentOutOfRangeException">They exceed the end of the array; nothing was written.</exception>
    /// <exception cref="BpfException">The kernel returned an error.</exception>
    public void SetRange(int index, ReadOnlySpan<TValue> values)
    {
        if ((uint)index > (uint)Length)
            ThrowOutOfRange(index);
        if (values.Length > Length - index)
            throw new ArgumentOutOfRangeException(
                nameof(values),
                values.Length,
                $"Map {Raw} has {Length} elements; {values.Length} values do not fit at index {index}."
            );

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

    /// <summary>
    /// Enumerates the values in the order of their indices in batches (BPF_MAP_LOOKUP_BATCH, Linux 5.6; element by element before).
    /// </summary>
    /// <remarks>As for an array of C#, <c>Index()</c> of LINQ adds the indices.</remarks>
    /// <returns>The enumerator.</returns>
    public BpfValueEnumerator<TValue> GetEnumerator() => new(Raw);

    IEnumerator<TValue> IEnumerable<TValue>.GetEnumerator() => GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
